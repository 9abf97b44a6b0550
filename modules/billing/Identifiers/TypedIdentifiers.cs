using Modular.Sdk;

namespace Modular.Billing.Identifiers;

/// <summary>Numbers that are typed in the forms of this folder.</summary>
internal static class TypedIdentifiers
{
    /// <summary>Ten characters, the last an X (NUCC provider taxonomy).</summary>
    public static string? Taxonomy(this Reading read, string field, string? typed)
    {
        var code = Reading.Clean(typed)?.ToUpperInvariant();
        if (code is not null && (code.Length != 10 || code[9] != 'X' || !code.All(char.IsAsciiLetterOrDigit)))
        {
            read.Refuse(field, $"“{code}” is no taxonomy code; it has ten characters, the last an X: 207Q00000X.");
            return null;
        }

        return code;
    }

    /// <summary>Nine digits whose weighted sum is a multiple of ten (ABA check digit).</summary>
    public static string? Routing(this Reading read, string field, string? typed)
    {
        if (Reading.Clean(typed)?.Replace(" ", "", StringComparison.Ordinal) is not { } number)
        {
            return null;
        }

        if (number.Length == 9 && number.All(char.IsAsciiDigit) && number.Select((c, i) => (c - '0') * (i % 3) switch { 0 => 3, 1 => 7, _ => 1 })
            .Sum() % 10 == 0)
        {
            return number;
        }

        read.Refuse(field, $"“{number}” is no routing number; it has nine digits, and the last must fit the others.");
        return null;
    }
}
