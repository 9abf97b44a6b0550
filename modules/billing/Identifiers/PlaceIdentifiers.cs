using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Billing.Identifiers;

/// <summary>NPI, CLIA number and place of service of a location.</summary>
public sealed class PlaceIdentifiers(BillingDb db) : Slice
{
    public sealed class Form : IEditForm<ServiceFacility>
    {
        public int Version { get; set; }
        public string? Npi { get; set; }
        public string? Clia { get; set; }
        public string? PlaceOfService { get; set; } = "11";

        public void Show(ServiceFacility f) => (Npi, Clia, PlaceOfService) = (f.Npi, f.Clia, f.PlaceOfService);

        public void Write(ServiceFacility f, Reading read)
        {
            (f.Npi, f.Clia) = (Reading.Clean(Npi), Reading.Clean(Clia)?.ToUpperInvariant());
            if (f.Npi is not null && !TypedNpi.IsValid(f.Npi))
            {
                read.Refuse(nameof(Npi), TypedNpi.Hint);
            }

            if (f.Clia is not null && !ServiceFacility.CliaForm.IsMatch(f.Clia))
            {
                read.Refuse(nameof(Clia), $"“{f.Clia}” is no CLIA number; it has ten characters, the third a D: 22D1234567.");
            }

            f.PlaceOfService = read.Required(nameof(PlaceOfService), "Place of service", PlaceOfService, 2);
        }
    }

    [HttpGet("/billing/identifiers/place/{id:guid}")]
    [Needs(BillingPermissions.Setup)]
    public async Task<IActionResult> Get(Guid id, CancellationToken ct) =>
        await db.Places.AnyAsync(p => p.Id == id, ct) ? await Row(id).ShowAsync(await ThereAsync(id, ct) ? id : null, ct) : NotFound();

    [HttpPost("/billing/identifiers/place/{id:guid}")]
    [Needs(BillingPermissions.Setup)]
    public async Task<IActionResult> Post(Guid id, Form form, CancellationToken ct) =>
        await db.Places.AnyAsync(p => p.Id == id, ct) ? await Row(id).SaveAsync(await ThereAsync(id, ct) ? id : null, form, ct) : NotFound();

    private Task<bool> ThereAsync(Guid id, CancellationToken ct) => db.ServiceFacilities.AnyAsync(f => f.Id == id, ct);

    private Edit<ServiceFacility, Form> Row(Guid id) => new(this, db)
    {
        What = "place",
        New = () => new() { Id = id },
        Check = async (place, _, read, ct) =>
        {
            if (!await db.Codes.AnyAsync(c => c.System == "place" && c.Code == place.PlaceOfService && c.ValidTo == null, ct))
            {
                read.Refuse(nameof(Form.PlaceOfService), $"“{place.PlaceOfService}” is no place of service code; an office is 11.");
            }
        },
        Saved = _ => Done("/billing/identifiers", "Identifiers saved."),
    };
}
