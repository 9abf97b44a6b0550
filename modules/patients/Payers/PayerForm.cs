using Modular.Patients.Charts;
using Modular.Patients.Coverages;
using Modular.Patients.Registrations;
using Modular.Sdk;

namespace Modular.Patients.Payers;

/// <summary>A payer as typed.</summary>
public sealed class PayerForm : IEditForm<Payer>
{
    public int Version { get; set; }
    public string? Name { get; set; }
    public string? PayerNumber { get; set; }
    public string? Address { get; set; }
    public string? City { get; set; }
    public string? State { get; set; }
    public string? Zip { get; set; }
    public string? Phone { get; set; }
    public string? ClaimFilingCode { get; set; }
    public bool Active { get; set; } = true;

    public void Show(Payer p) => (Name, PayerNumber, Address, City, State, Zip, Phone, ClaimFilingCode, Active) =
        (p.Name, p.PayerNumber, p.Address, p.City, p.State, Format.Zip(p.Zip), TypedPhone.Show(p.Phone), p.ClaimFilingCode, p.Active);

    public void Write(Payer p, Reading read)
    {
        p.Name = read.Required(nameof(Name), "Name", Name, 120);
        p.PayerNumber = read.Text(nameof(PayerNumber), "Payer ID", PayerNumber, 40);
        p.Address = read.Text(nameof(Address), "Address", Address, 120);
        p.City = read.Text(nameof(City), "City", City);
        p.State = read.State(nameof(State), State);
        p.Zip = read.Zip(nameof(Zip), Zip);
        p.Phone = read.Phone(nameof(Phone), Phone);
        p.ClaimFilingCode = read.OneOf(nameof(ClaimFilingCode), "Claims are filed as", ClaimFilingCode, ClaimFiling.Codes);
        p.Active = Active;
    }
}
