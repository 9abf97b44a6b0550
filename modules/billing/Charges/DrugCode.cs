namespace Modular.Billing.Charges;

/// <summary>National drug codes: printed with ten digits in three parts, billed with eleven (5-4-2).</summary>
public static class DrugCode
{
    public const string Hint = "A drug code has eleven digits, or ten in three parts: 0002-1433-80.";

    /// <summary>F2 international unit, GR gram, ME milligram, ML milliliter, UN unit (837P CTP05-1).</summary>
    public static IReadOnlyList<string> Units { get; } = ["ML", "UN", "GR", "ME", "F2"];

    /// <returns>Eleven digits; null when it is none. Ten digits without parts are refused, for nobody can say which part is short.</returns>
    public static string? Read(string typed)
    {
        var parts = typed.Trim().Split('-', ' ');
        if (typed.Any(c => !char.IsAsciiDigit(c) && c is not ('-' or ' ')))
        {
            return null;
        }

        return parts switch
        {
            [{ Length: 11 } whole] => whole,
            [{ Length: 4 or 5 } labeler, { Length: 3 or 4 } product, { Length: 1 or 2 } package]
                when labeler.Length + product.Length + package.Length is 10 or 11 => $"{labeler.PadLeft(5, '0')}{product.PadLeft(4, '0')}{package.PadLeft(2, '0')}",
            _ => null,
        };
    }
}
