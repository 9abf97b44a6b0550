using Modular.Sdk;

namespace Modular.Billing.Payers;

/// <summary>The last day on which a payer may receive a claim.</summary>
public static class FilingLimit
{
    /// <summary>
    /// Counted from the first date of service (Claims Processing Manual ch. 1 §70.3). A calendar year ends on the same date, one that began on
    /// February 29 on February 28 (42 CFR 424.44); a last day on a weekend or federal holiday becomes the next workday.
    /// </summary>
    /// <param name="rule">The payer's rule of that day.</param>
    /// <param name="from">The From date of the claim's first service.</param>
    public static DateOnly LastDay(PayerRule rule, DateOnly from)
    {
        var day = rule.FilingUnit == PayerRule.Years ? from.AddYears(rule.FilingCount) : from.AddDays(rule.FilingCount);
        return rule.Workday && !BusinessDays.Federal.IsOpen(day) ? BusinessDays.Federal.Add(day, 1) : day;
    }
}
