using Modular.Patients.Registrations;
using Modular.Sdk;

namespace Modular.Patients.OutsideProviders;

/// <summary>A doctor outside the practice, who sends patients here or looks after them elsewhere.</summary>
public sealed class OutsideProvider : IVersioned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public string Name { get; set; } = "";
    public string? Npi { get; set; }
    public string? Specialty { get; set; }
    public string? Organization { get; set; }
    public string? Phone { get; set; }
    public string? Fax { get; set; }
    public string? Email { get; set; }
    public bool Active { get; set; } = true;
}

public sealed class OutsideProviderForm : IEditForm<OutsideProvider>
{
    public int Version { get; set; }
    public string? Name { get; set; }
    public string? Npi { get; set; }
    public string? Specialty { get; set; }
    public string? Organization { get; set; }
    public string? Phone { get; set; }
    public string? Fax { get; set; }
    public string? Email { get; set; }
    public bool Active { get; set; } = true;

    public void Show(OutsideProvider p) => (Name, Npi, Specialty, Organization, Phone, Fax, Email, Active) =
        (p.Name, p.Npi, p.Specialty, p.Organization, TypedPhone.Show(p.Phone), TypedPhone.Show(p.Fax), p.Email, p.Active);

    public void Write(OutsideProvider p, Reading read)
    {
        p.Name = read.Required(nameof(Name), "Name", Name, 120);
        p.Npi = Reading.Clean(Npi);
        if (p.Npi is not null && !TypedNpi.IsValid(p.Npi))
        {
            read.Refuse(nameof(Npi), TypedNpi.Hint);
        }

        p.Specialty = read.Text(nameof(Specialty), "Specialty", Specialty);
        p.Organization = read.Text(nameof(Organization), "Practice or hospital", Organization, 120);
        p.Phone = read.Phone(nameof(Phone), Phone);
        p.Fax = read.Phone(nameof(Fax), Fax);
        p.Email = read.Email(nameof(Email), Email);
        p.Active = Active;
    }
}
