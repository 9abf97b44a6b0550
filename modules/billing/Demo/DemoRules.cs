using Microsoft.EntityFrameworkCore;
using Modular.Billing.Scrub;
using Modular.Sdk;

namespace Modular.Billing.Demo;

/// <summary>Three rules as a practice writes them after its first denials: an error, a warning, and a notice for Medicare.</summary>
public sealed class DemoRules(BillingDb db) : IDemoData
{
    public async Task SeedAsync(DateOnly today, CancellationToken ct)
    {
        if (await db.OwnRules.AnyAsync(ct))
        {
            return;
        }

        var year = new DateOnly(today.Year - 1, 1, 1);
        db.AddRange(
            new OwnRule
            {
                Name = "Screening needs its diagnosis", Severity = Severity.Error, ValidFrom = year, Codes = ["G0438", "G0439"], Diagnoses = ["Z00*"], DiagnosesMissing = true,
                Sentence = "an annual wellness visit is denied without a diagnosis of Z00. Point the line to it.",
            },
            new OwnRule
            {
                Name = "Video visits at home", Severity = Severity.Warning, ValidFrom = year, Codes = ["G2012", "G2010"], PlaceOfService = "11",
                Sentence = "a virtual check-in is seldom done at the office. Check the place of service.",
            },
            new OwnRule
            {
                Name = "Vitamin B12 without anemia", Severity = Severity.Notice, ValidFrom = year, Codes = ["J3420"], Diagnoses = ["D51*"], DiagnosesMissing = true,
                Sentence = "Medicare pays vitamin B12 for pernicious anemia alone. Have the patient sign an ABN before the injection.",
            });
        await db.SaveChangesAsync(ct);
    }
}
