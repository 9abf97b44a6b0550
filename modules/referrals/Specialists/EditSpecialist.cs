using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Referrals.Specialists;

/// <summary>Adds and changes a specialist. Names on referrals that are written stay as they were sent.</summary>
public sealed class EditSpecialist(ReferralsDb db) : Slice
{
    public sealed class Form : SpecialistFields, IEditForm<Specialist>
    {
        public int Version { get; set; }

        [StringLength(120)]
        public string Name { get; set; } = "";

        public bool Active { get; set; } = true;

        public void Show(Specialist s) => (Name, Organization, Specialty, Npi, Phone, Fax, Address, Active) =
            (s.Name, s.Organization, s.Specialty, s.Npi, s.Phone, s.Fax, s.Address, s.Active);

        public void Write(Specialist specialist, Reading read)
        {
            Write(specialist, Name, read);
            specialist.Active = Active;
        }
    }

    [HttpGet("/referrals/specialists/edit/{id:guid?}")]
    [Needs(ReferralsModule.Setup)]
    public Task<IActionResult> Get(Guid? id, CancellationToken ct) => Row.ShowAsync(id, ct);

    [HttpPost("/referrals/specialists/edit/{id:guid?}")]
    [Needs(ReferralsModule.Setup)]
    public Task<IActionResult> Post(Guid? id, Form form, CancellationToken ct) => Row.SaveAsync(id, form, ct);

    private Edit<Specialist, Form> Row => new(this, db)
    {
        What = "specialist",
        New = () => new(),
        Saved = specialist => Done("/referrals/specialists", $"{specialist.Name} saved."),
    };
}
