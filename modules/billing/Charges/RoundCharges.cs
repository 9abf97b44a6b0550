using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;
using Microsoft.EntityFrameworkCore;
using Modular.Billing.Encounters;
using Modular.Billing.Superbill;
using Modular.Patients.Messages;
using Modular.Sdk;
using Modular.Sdk.Core;

namespace Modular.Billing.Charges;

/// <summary>
/// Hospital and nursing home visits of one provider: patients one under the other, the days of each, the code of a day. Each patient becomes an
/// encounter with a line a day; those seen in the last week stand here already.
/// </summary>
public sealed class RoundCharges(BillingDb db, RoundReader reader, EncounterDesk desk, NewEncounter encounters, ChosenLocation chosen,
    IAccessLog log) : Slice
{
    private const int BlankRows = 5, LookBack = 7;

    public sealed class Form
    {
        public Guid Key { get; set; }
        public Guid? Rendering { get; set; }
        public string PlaceOfService { get; set; } = "21";
        public string? Facility { get; set; }
        public List<Row> Rows { get; set; } = [];

        [BindNever, ValidateNever]
        public IReadOnlyList<KnownStaffMember> Providers { get; set; } = [];
    }

    public sealed class Row
    {
        public Guid? Patient { get; set; }
        public string? Name { get; set; }

        /// <summary>First and last day: 11/20, or 11/20-11/22.</summary>
        public string? Days { get; set; }
        public string? Code { get; set; }
        public string? Modifiers { get; set; }

        /// <summary>Up to twelve, with blanks between.</summary>
        public string? Diagnoses { get; set; }

        public bool IsBlank => string.IsNullOrWhiteSpace(Days + Code);
    }

    [HttpGet("/billing/charges/round")]
    [Needs(BillingPermissions.Charge)]
    public async Task<IActionResult> Get(Guid? provider, CancellationToken ct)
    {
        ModelState.Clear();
        var form = new Form { Key = Guid.CreateVersion7(), Rendering = provider };
        var since = Today.AddDays(-LookBack);
        var last = provider is null ? [] : await db.Encounters.AsNoTracking().Include(e => e.Diagnoses)
            .Where(e => e.Source == "rounds" && e.RenderingId == provider && e.ServiceTo >= since && e.State != EncounterState.Void)
            .OrderByDescending(e => e.ServiceTo).ThenBy(e => e.PatientName).Take(40).ToListAsync(ct);
        form.Rows.AddRange(last.DistinctBy(e => e.PatientId).OrderBy(e => e.PatientName).Select(e => new Row
        {
            Patient = e.PatientId, Name = e.PatientName, Diagnoses = string.Join(' ', e.Diagnoses.OrderBy(d => d.Position)
                .Select(d => Diagnosis.Dotted(d.Code))),
        }));
        if (last.Count > 0)
        {
            (form.PlaceOfService, form.Facility) = (last[0].PlaceOfService, last[0].Facility);
        }

        return Page(await FilledAsync(form, ct));
    }

    [HttpPost("/billing/charges/round")]
    [Needs(BillingPermissions.Charge)]
    public async Task<IActionResult> Post(Form form, CancellationToken ct)
    {
        if (chosen.Location is not { } place)
        {
            Refuse("", "Choose a location in the top bar first.");
            return Invalid(await FilledAsync(form, ct));
        }

        var read = new Reading(Today);
        var services = await reader.ReadAsync(form, place, read, ct);
        if (!Accept(read.Errors))
        {
            return Invalid(await FilledAsync(form, ct));
        }

        var made = 0;
        try
        {
            // All of the list or nothing: whoever sends it again after a fault does not have to find out what is there already.
            await using var write = await db.BeginWriteAsync(ct);
            foreach (var (service, entry) in services)
            {
                made += await AddAsync(write, service, entry, ct) ? 1 : 0;
            }

            await write.CommitAsync(ct);
        }
        catch (DbUpdateException e) when (db.Explain(e) is { } refused)
        {
            Accept([refused with { Field = "" }]);
            return Invalid(await FilledAsync(form, ct));
        }

        return Done("/billing/encounters?show=no-visit&source=rounds", made == 0 ? "This list was saved before." : $"{Said.Many(made, "patient")} of the rounding list entered.");
    }

    private DateOnly Today => WallTime.Today(Clock, chosen.Location?.Zone ?? "UTC");

    private async Task<bool> AddAsync(IWrite write, NewService service, Func<Encounter, SuperbillEntry> entry, CancellationToken ct)
    {
        var (encounter, made) = await encounters.AddAsync(write, service, ct);
        if (!made)
        {
            return false;
        }

        await db.SaveChangesAsync(ct);
        var result = await desk.TakeAsync(encounter, encounter.Version, EncounterSteps.Enter, (e, now, by) => e.Enter(entry(e).Write, now, by), ct);
        return result.Taken;
    }

    private async Task<Form> FilledAsync(Form form, CancellationToken ct)
    {
        form.Rows.AddRange(Enumerable.Range(0, Math.Max(0, Math.Min(BlankRows - form.Rows.Count(r => r.Patient is null), 60 - form.Rows.Count)))
            .Select(_ => new Row()));
        form.Providers = await db.Providers.AsNoTracking().Where(p => p.Active).OrderBy(p => p.Name).ToListAsync(ct);
        log.Listed([.. form.Rows.Select(r => r.Patient).OfType<Guid>().Distinct()], "rounding list");
        return form;
    }
}
