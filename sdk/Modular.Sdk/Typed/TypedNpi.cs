namespace Modular.Sdk;

/// <summary>A National Provider Identifier as typed: ten digits whose last is the Luhn digit over 80840 and the first nine (45 CFR 162.406).</summary>
public static class TypedNpi
{
    public const string Hint = "An NPI has ten digits, and its last must fit the others; this one does not.";

    /// <example><c>TypedNpi.IsValid("1234567893")</c> is true, <c>"1234567894"</c> is not.</example>
    public static bool IsValid(string? npi)
    {
        if (npi is not { Length: 10 } || !npi.All(char.IsAsciiDigit) || npi[0] is not ('1' or '2'))
        {
            return false;
        }

        // 24 is what the constant prefix 80840 adds to the sum.
        var sum = 24;
        for (var i = 0; i < 10; i++)
        {
            var digit = npi[9 - i] - '0';
            sum += i % 2 == 0 ? digit : digit * 2 is > 9 and var two ? two - 9 : digit * 2;
        }

        return sum % 10 == 0;
    }
}
