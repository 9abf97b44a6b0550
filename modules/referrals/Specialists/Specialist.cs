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

    public void Write(Specialist to, string name, Reading read)
    {
        (to.Name, to.Organization, to.Specialty, to.Npi) = (name.Trim(), Clean(Organization), Clean(Specialty), Clean(Npi));
        (to.Phone, to.Fax, to.Address) = (Phone, Fax, Clean(Address));
        if (to.Npi is not null && !TypedNpi.IsValid(to.Npi))
        {
            read.Refuse(nameof(Npi), TypedNpi.Hint);
        }
    }

    private static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
