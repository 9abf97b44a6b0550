using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Billing.Encounters;
using Modular.Billing.Scrub;
using Modular.Sdk;

namespace Modular.Billing.Rules;

/// <summary>Says of how many of the latest encounters a rule as it is typed would have said its sentence. Changes nothing.</summary>
public sealed class TryOwnRule(BillingDb db, Scrubber scrubber) : Slice
{
    private const int Tried = 300, Shown = 5;

    /// <param name="Examples">Some of the encounters, without their patients: the page of each shows whose it is.</param>
    public sealed record Model(string Sentence, IReadOnlyList<(string Url, string What)> Examples);

    [HttpPost("/billing/rules/try")]
    [Needs(BillingPermissions.Setup)]
    public async Task<IActionResult> Post(EditOwnRule.Form form, CancellationToken ct)
    {
        var (rule, read) = (new OwnRule { Name = "", Sentence = "" }, NewReading());
        form.Name ??= "Tried";
        form.Sentence ??= "Tried.";
        form.Write(rule, read);
        if (read.Errors.Count > 0)
        {
            return Fragment("TryOwnRule", new Model(read.Errors[0].Sentence, []));
        }

        rule.Off = false;
        var latest = await db.Encounters.AsNoTracking().Where(e => e.State == EncounterState.Ready || e.State == EncounterState.Entered)
            .OrderByDescending(e => e.ServiceFrom).ThenBy(e => e.Id).Take(Tried).Include(e => e.Diagnoses).Include(e => e.Lines).AsSplitQuery().ToListAsync(ct);
        var found = await scrubber.JudgeAsync(latest, [rule], ct);
        var said = latest.Where(e => found[e.Id].Any(f => f.Rule == $"own-{rule.Id}")).ToList();
        return Fragment("TryOwnRule", new Model($"It would have been said of {said.Count} of the last {Said.Many(latest.Count, "encounter")}.",
            [.. said.Take(Shown).Select(e => (e.Url, $"{Said.ShortDay(e.ServiceFrom)}, {e.What}"))]));
    }
}
