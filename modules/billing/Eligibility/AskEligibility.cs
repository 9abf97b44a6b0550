using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Billing.Reactions;
using Modular.Sdk;

namespace Modular.Billing.Eligibility;

/// <summary>The coverages of one patient with the last answer of each; asks anew.</summary>
public sealed class AskEligibility(BillingDb db, EligibilityDesk desk, IPractice practice) : Slice
{
    public sealed record Cover(KnownCoverage Coverage, EligibilityQuestion? Question, EligibilityAnswer? Answer);

    public sealed record Model(Guid Patient, string Name, DateOnly Day, string Zone, IReadOnlyList<Cover> Covers);

    [HttpGet("/billing/eligibility/ask/{patient:guid}")]
    [Needs(BillingPermissions.Eligibility)]
    public async Task<IActionResult> Get([Patient("eligibility")] Guid patient, DateOnly? day, CancellationToken ct) =>
        await LoadAsync(db, patient, day ?? Today, practice.Zone, ct) is { } model ? Page(model) : NotFound();

    [HttpPost("/billing/eligibility/ask/{patient:guid}")]
    [Needs(BillingPermissions.AskEligibility)]
    public async Task<IActionResult> Post([Patient("eligibility asked for")] Guid patient, DateOnly? day, CancellationToken ct)
    {
        if (await LoadAsync(db, patient, day ?? Today, practice.Zone, ct) is not { } model)
        {
            return NotFound();
        }

        if (model.Covers.Count == 0)
        {
            Refuse("", "The patient has no coverage on this day. Add it in the chart first.");
            return Invalid(model);
        }

        await using var write = await db.BeginWriteAsync(ct);
        var asked = await desk.AskAsync(write, [.. model.Covers.Select(c => c.Coverage)], model.Day, again: true, ct);
        await write.CommitAsync(ct);
        return Done($"/billing/eligibility/ask/{patient}?day={model.Day:yyyy-MM-dd}",
            asked == 0 ? "It is asked already and goes with the next file." : "Asked: it goes with the next file to the clearing house.");
    }

    internal static async Task<Model?> LoadAsync(BillingDb db, Guid patient, DateOnly day, string zone, CancellationToken ct)
    {
        if (await db.Patients.AsNoTracking().Where(p => p.Id == patient).Select(p => p.Name).FirstOrDefaultAsync(ct) is not { } name)
        {
            return null;
        }

        var covers = await db.Coverages.AsNoTracking()
            .Where(c => c.PatientId == patient && c.EffectiveFrom <= day && (c.EffectiveTo == null || c.EffectiveTo >= day))
            .OrderBy(c => c.Line).ThenBy(c => c.Rank).ToListAsync(ct);
        Guid[] ids = [.. covers.Select(c => c.Id)];
        var questions = await db.EligibilityQuestions.AsNoTracking().Where(q => ids.Contains(q.CoverageId) && q.Day == day).ToListAsync(ct);
        var answers = (await db.EligibilityAnswers.AsNoTracking().Where(a => ids.Contains(a.CoverageId)).ToListAsync(ct)).ToLookup(a => a.CoverageId);
        return new(patient, name, day, zone, [.. covers.Select(c => new Cover(
            c, questions.Find(q => q.CoverageId == c.Id), answers[c.Id].OrderByDescending(a => a.AnsweredAt).ThenByDescending(a => a.Id).FirstOrDefault()))]);
    }

    private DateOnly Today => WallTime.Today(Clock, practice.Zone);
}
