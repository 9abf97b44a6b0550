namespace Modular.Host.Core;

/// <summary>National Provider Identifier: ten digits whose last is the Luhn digit over 80840 and the first nine (45 CFR 162.406).</summary>
public static class Npi
{
    /// <example><c>Npi.IsValid("1234567893")</c> is true, <c>"1234567894"</c> is not.</example>
    public static bool IsValid(string? npi)
    {
        if (npi is not { Length: 10 } || !npi.All(char.IsAsciiDigit) || npi[0] is not ('1' or '2'))
        {
            return false;
        }

        var sum = 0;
        var text = "80840" + npi;
        for (var i = 0; i < text.Length; i++)
        {
            var digit = text[^(i + 1)] - '0';
            digit = i % 2 == 1 ? digit * 2 : digit;
            sum += digit > 9 ? digit - 9 : digit;
        }

        return sum % 10 == 0;
    }
}
