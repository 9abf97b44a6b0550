using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Billing.Charges;
using Modular.Billing.Encounters;
using Modular.Billing.Scrub;
using Modular.Sdk;
using Modular.Sdk.Core;

namespace Modular.Billing.Superbill;

/// <summary>
/// The charges of one encounter. Enter saves, and the page comes back with prices and total and the next empty line: by keys alone and without
/// script. What cannot be saved comes back as it was typed.
/// </summary>
public sealed class WriteSuperbill(BillingDb db, EncounterDesk desk, EncounterDefaults defaults, SuperbillReader reader, EarlierServices earlier,
    Scrubber scrubber, IPractice practice) : Slice
{
    private const int MoreLines = 8;

    /// <param name="Theirs">What somebody else saved after this person opened the page.</param>
    /// <param name="Focus">The field to go on in.</param>
    public sealed record Model(
        Encounter Encounter, SuperbillForm Form, NewOrEstablished Status, IReadOnlyList<EncounterCoverage> Coverages,
            IReadOnlyList<KnownStaffMember> Providers,
        IReadOnlyList<KnownCostCentre> CostCentres, string Place, string? Entity, Encounter? Theirs, string Focus, DateOnly Today, bool MayEnter,
            bool MayLock, EncounterFindings Findings)
    {
        public IEnumerable<string> Doubts => Encounter.Lines.OrderBy(l => l.Position).Select(l => Status.Doubt(l.Code)).OfType<string>().Distinct();
    }

    [HttpGet("/billing/superbill/{id:guid}")]
    [Needs(BillingPermissions.Read)]
    public async Task<IActionResult> Get([PatientOf<Encounter>("charges")] Guid id, string? at, CancellationToken ct)
    {
        if (await desk.OpenAsync(id, ct) is not { } encounter)
        {
            return NotFound();
        }

        return Page(await ModelAsync(encounter, SuperbillForm.Of(encounter), at, null, ct));
    }

    [HttpPost("/billing/superbill/{id:guid}")]
    [Needs(BillingPermissions.Charge)]
    public async Task<IActionResult> Post([PatientOf<Encounter>("charges")] Guid id, SuperbillForm form, CancellationToken ct)
    {
        if (await desk.OpenAsync(id, ct) is not { } encounter)
        {
            return NotFound();
        }

        if (form.Does == "more")
        {
            ModelState.Clear();
            return Page(await ModelAsync(encounter, form.WithRoom(MoreLines), $"line-{form.Lines.Count(l => !l.IsBlank)}", null, ct));
        }

        var read = new Reading(WallTime.Today(Clock, encounter.Zone));
        if (await reader.ReadAsync(encounter, form, read, ct) is not { } entry || !ModelState.IsValid)
        {
            Accept(read.Errors);
            return Invalid(await ModelAsync(encounter, form.WithRoom(), null, null, ct));
        }

        var grew = (Lines: entry.Lines.Count > encounter.Lines.Count, Diagnoses: entry.Diagnoses.Count > encounter.Diagnoses.Count);
        if (await SaveAsync(encounter, form.Version, entry, ct) is { } refused)
        {
            return await AgainAsync(id, form, refused, ct);
        }

        var next = $"{encounter.Url}{WorkQueue.Through(Request)}";
        return form.Does == "lock" ? await LockAsync(id, ct)
            : Done($"{next}{(next.Contains('?', StringComparison.Ordinal) ? '&' : '?')}at={(grew is { Diagnoses: true, Lines: false } ? "diagnosis" : "line")}",
                $"Saved: {Said.Many(encounter.Lines.Count, "line")}, {Said.Money(encounter.Total)}.");
    }

    private async Task<StepResult?> SaveAsync(Encounter encounter, int version, SuperbillEntry entry, CancellationToken ct)
    {
        try
        {
            var result = await desk.TakeAsync(encounter, version, EncounterSteps.Enter, (e, now, by) => e.Enter(entry.Write, now, by), ct);
            return result.Taken ? null : result;
        }
        catch (Exception e) when (db.Explain(e) is { } refused)
        {
            db.ChangeTracker.Clear();
            return new(refused.Sentence);
        }
    }

    /// <summary>What was typed is saved by now; when something is missing for a claim, the page says what.</summary>
    private async Task<IActionResult> LockAsync(Guid id, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        var encounter = (await desk.OpenAsync(id, ct))!;
        if (!encounter.Missing().Any())
        {
            var result = await desk.LockAsync(encounter, encounter.Version, ct);
            if (result.Taken)
            {
                var stopping = (await scrubber.JudgeAsync([id], ct)).GetValueOrDefault(id, []).Count(f => f.Stops);
                return await DoneNextAsync(EncounterWork.Queue, db, id, encounter.Url,
                    $"{encounter.PatientName}: ready with {Said.Money(encounter.Total)}.{(stopping == 0 ? "" : $" {Said.Many(stopping, "finding")} to mend before a claim.")}", ct);
            }

            return await AgainAsync(id, SuperbillForm.Of(encounter), result, ct);
        }

        ModelState.Clear(); // saved: the page shows what is saved
        Accept(encounter.Missing());
        return Invalid(await ModelAsync(encounter, SuperbillForm.Of(encounter), null, null, ct));
    }

    /// <summary>Refused, and nothing typed is lost. After somebody else's save theirs stands beside it, and the next save puts this person's in its
    /// place.</summary>
    private async Task<IActionResult> AgainAsync(Guid id, SuperbillForm form, StepResult refused, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        if (await desk.OpenAsync(id, ct) is not { } now)
        {
            return NotFound();
        }

        if (!refused.Outdated || !now.IsEditable)
        {
            Refuse("", refused.Refusal!);
            return Invalid(await ModelAsync(now, form.WithRoom(), null, null, ct));
        }

        Refuse("", $"{await WhoChangedAsync(id, ct)} changed these charges after you opened them. Theirs are below; what you typed is still here. Save again to put yours in their place.");
        ModelState.Remove(nameof(form.Version));
        form.Version = now.Version;
        return Invalid(await ModelAsync(now, form.WithRoom(), null, now, ct));
    }

    private async Task<Model> ModelAsync(Encounter e, SuperbillForm form, string? at, Encounter? theirs, CancellationToken ct)
    {
        Guid?[] own = [e.RenderingId, e.SupervisingId, e.OrderingId];
        var coverages = e.State == EncounterState.Ready ? [.. e.Coverages.OrderBy(c => c.Rank)] : await defaults.CoveragesAsync(e, ct);
        return new(
            e, form, await earlier.OfAsync(e, ct), coverages,
            await db.Providers.AsNoTracking().Where(p => p.Active || own.Contains(p.Id)).OrderBy(p => p.Name).ToListAsync(ct),
            await db.CostCentres.AsNoTracking().Where(c => (c.EntityId == null || c.EntityId == e.EntityId) && (c.Active || c.Id == e.CostCentreId))
                .OrderBy(c => c.Code).ToListAsync(ct),
            practice.Locations.FirstOrDefault(l => l.Id == e.LocationId)?.Name ?? "", await db.Entities.Where(x => x.Id == e.EntityId)
                .Select(x => x.Name).FirstOrDefaultAsync(ct),
            theirs, Next(form, at), WallTime.Today(Clock, e.Zone), Actor.Can(BillingPermissions.Charge) && e.IsEditable,
                Actor.Can(BillingPermissions.Lock), await FindingsAsync(e, coverages.Count > 0, ct));
    }

    /// <summary>Of what is saved: nothing is found in a superbill that nobody began.</summary>
    private async Task<EncounterFindings> FindingsAsync(Encounter e, bool claim, CancellationToken ct) => new(
        e, e.State is EncounterState.Entered or EncounterState.Ready ? (await scrubber.JudgeAsync([e.Id], ct)).GetValueOrDefault(e.Id, []) : [],
        claim, Actor.Can(BillingPermissions.Charge) && e.IsEditable, Actor.Can(BillingPermissions.Override));

    /// <summary>The next empty line after a save; at first the diagnoses, which lines point to.</summary>
    private static string Next(SuperbillForm form, string? at)
    {
        var (line, diagnosis) = (form.Lines.FindIndex(l => l.IsBlank), form.Diagnoses.FindIndex(string.IsNullOrWhiteSpace));
        return at == "line" && line >= 0 ? $"Lines[{line}].Code"
            : at?.StartsWith("line-", StringComparison.Ordinal) == true ? $"Lines[{at[5..]}].Code"
            : (at == "diagnosis" || form.Diagnoses.TrueForAll(string.IsNullOrWhiteSpace)) && diagnosis >= 0 ? $"Diagnoses[{diagnosis}]"
            : line >= 0 ? $"Lines[{line}].Code" : "";
    }
}
