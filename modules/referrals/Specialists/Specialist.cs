using System.ComponentModel.DataAnnotations;
using Modular.Sdk;

namespace Modular.Referrals.Specialists;

/// <summary>Whom the practice sends patients to.</summary>
public sealed class Specialist : IVersioned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public string Name { get; set; } = "";
    public string? Organization { get; set; }
    public string? Specialty { get; set; }
    public string? Npi { get; set; }
    public string? Phone { get; set; }
    public string? Fax { get; set; }
    public string? Address { get; set; }
    public bool Active { get; set; } = true;

    public string Words => string.Join(" · ", new[] { Organization, Specialty, TypedPhone.Show(Phone) }.Where(w => !string.IsNullOrEmpty(w)));
}

/// <summary>A specialist as typed, on the list or with the first referral to them.</summary>
public class SpecialistFields
{
    [StringLength(120)]
    public string? Organization { get; set; }

    [StringLength(60)]
    public string? Specialty { get; set; }

    [StringLength(10)]
    public string? Npi { get; set; }

    [PhoneNumber]
    public string? Phone { get; set; }

    [PhoneNumber]
    public string? Fax { get; set; }

    [StringLength(300)]
    public string? Address { get; set; }

    /// <returns>What is wrong with the NPI, or null.</returns>
    public string? Write(Specialist to, string name)
    {
        (to.Name, to.Organization, to.Specialty, to.Npi) = (name.Trim(), Clean(Organization), Clean(Specialty), Clean(Npi));
        (to.Phone, to.Fax, to.Address) = (Phone, Fax, Clean(Address));
        return to.Npi is null || Specialists.Npi.IsValid(to.Npi) ? null : "An NPI has ten digits, and its last must fit the others; this one does not.";
    }

    private static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

public static class Npi
{
    /// <summary>Ten digits, the last a Luhn check of "80840" before the others (45 CFR 162.406).</summary>
    public static bool IsValid(string number)
    {
        if (number.Length != 10 || !number.All(char.IsAsciiDigit))
        {
            return false;
        }

        // 24 is what the constant prefix 80840 adds to the sum.
        var sum = 24;
        for (var i = 0; i < 10; i++)
        {
            var digit = number[9 - i] - '0';
            sum += i % 2 == 0 ? digit : digit * 2 is > 9 and var two ? two - 9 : digit * 2;
        }

        return sum % 10 == 0;
    }
}
