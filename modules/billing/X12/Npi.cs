namespace Modular.Billing.X12;

/// <summary>National provider identifiers (45 CFR 162.406): ten digits, the last one by Luhn's rule over 80840 and the first nine.</summary>
public static class Npi
{
    public static bool IsValid(string npi)
    {
        if (npi.Length != 10 || npi.Any(c => !char.IsAsciiDigit(c)) || npi[0] is not ('1' or '2'))
        {
            return false;
        }

        // 24 is what 80840 adds.
        var sum = 24;
        for (var i = 0; i < 10; i++)
        {
            var digit = npi[i] - '0';
            var counted = i % 2 == 0 ? digit * 2 : digit;
            sum += counted > 9 ? counted - 9 : counted;
        }

        return sum % 10 == 0;
    }
}
