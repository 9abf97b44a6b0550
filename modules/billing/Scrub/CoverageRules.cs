using Modular.Billing.Payers;
using Modular.Sdk;

namespace Modular.Billing.Scrub;

/// <summary>Whether the payer pays for the patient on these days, and still takes the claim.</summary>
internal static class CoverageRules
{
    /// <summary>Of the filing limit, from which on a claim is urgent, the weightiest last.</summary>
    private static readonly int[] Alarms = [50, 75, 90];

    public static IEnumerable<Finding> Find(ScrubClaim c, ScrubTables _)
    {
        if (c.Coverage is not { } coverage)
        {
            if (c.HasCoverage)
            {
                yield return new("no-coverage", Severity.Error,
                    $"None of the patient's coverages is in effect on {Said.ShortDay(c.Encounter.ServiceFrom)}. Correct its dates, or end it if the patient pays.", Page: c.Chart);
            }

            yield break;
        }

        foreach (var line in c.Lines.Where(l => !coverage.RunsOn(l.ServiceOn)))
        {
            yield return new("coverage-gap", Severity.Error,
                $"{ScrubClaim.Of(line)} {coverage.Payer} does not cover the patient on {Said.ShortDay(line.ServiceOn)}. Move the service to an encounter of its own, or correct the coverage.",
                ScrubClaim.Field(line, "On"), line.Id);
        }

        if (c.DeceasedOn is { } died && c.Lines.FirstOrDefault(l => l.ServiceOn > died) is { } after)
        {
            yield return new("after-death", Severity.Error, $"{ScrubClaim.Of(after)} it is dated after the patient's death on {Said.ShortDay(died)}.", ScrubClaim.Field(after, "On"), after.Id);
        }

        if (c.Lines.FirstOrDefault(l => l.ServiceOn > c.Today) is { } future)
        {
            yield return new("future", Severity.Error, $"{ScrubClaim.Of(future)} it is dated in the future.", ScrubClaim.Field(future, "On"), future.Id);
        }

        if (c.Rule is not { } rule)
        {
            yield break;
        }

        if (Filing(c, rule) is { } late)
        {
            yield return late;
        }

        if (rule.PriorAuthorization && c.Authorization is null)
        {
            yield return new("authorization", Severity.Warning, $"{coverage.Payer} wants the number of a prior authorization, and none is on file for these services.");
        }

        if (rule.Referral && c.Referral is null && c.Encounter.ReferringNpi is null)
        {
            yield return new("referral", Severity.Error, $"{coverage.Payer} wants a referral: put its number on file, or enter the referring provider and the NPI.", "Referring");
        }
    }

    private static Finding? Filing(ScrubClaim c, PayerRule rule)
    {
        if (c.Lines.Count == 0)
        {
            return null;
        }

        var first = c.Lines.Min(l => l.ServiceOn);
        var last = FilingLimit.LastDay(rule, first);
        if (c.Today > last)
        {
            return new("filing-limit", Severity.Error, $"{c.Coverage!.Payer} took this claim until {Said.ShortDay(last)} ({rule.Limit} from the service). Prove that it was sent in time, or write it off.");
        }

        var passed = (c.Today.DayNumber - first.DayNumber) * 100 / Math.Max(1, last.DayNumber - first.DayNumber);
        return Alarms.LastOrDefault(a => passed >= a) is var alarm and > 0
            ? new("filing-limit", Severity.Warning, $"{passed} % of the time to file is over: {c.Coverage!.Payer} takes the claim until {Said.ShortDay(last)}.")
            : null;
    }
}
