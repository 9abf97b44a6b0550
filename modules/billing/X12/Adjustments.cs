using System.Globalization;

namespace Modular.Billing.X12;

/// <summary>One reason of a CAS: group, reason, amount, quantity.</summary>
/// <param name="Amount">As the payer wrote it: positive takes away from what is paid.</param>
public sealed record Adjustment(string Group, string Reason, decimal Amount, decimal? Quantity);

/// <summary>CAS: up to six reasons of one group, each three elements long, the quantity often empty (005010X221A1 section 1.10.2.4).</summary>
public static class Adjustments
{
    public static IEnumerable<Adjustment> Of(Segment cas)
    {
        for (var i = 2; i <= 17; i += 3)
        {
            if (!cas.Bytes(i).IsEmpty || !cas.Bytes(i + 1).IsEmpty)
            {
                yield return new(cas[1], cas[i], cas.Amount(i + 1), cas.Decimal(i + 2));
            }
        }
    }

    /// <summary>All of a loop itself, without those of the loops in it.</summary>
    public static IEnumerable<Adjustment> Of(Loop loop) => loop.All("CAS").SelectMany(Of);

    public static decimal Sum(Loop loop)
    {
        var sum = 0m;
        foreach (var segment in loop.Segments)
        {
            var last = segment.Id == "CAS" ? Math.Min(18, segment.Count) : 0;
            for (var i = 3; i <= last; i += 3)
            {
                sum += segment.Amount(i);
            }
        }

        return sum;
    }

    internal static string Money(decimal amount) => amount.ToString("0.00##", CultureInfo.InvariantCulture);
}
