using Modular.Patients.Registrations;
using Modular.Sdk;

namespace Modular.Patients.Disclosures;

/// <summary>What left the practice about a patient, to whom and why.</summary>
public sealed class Disclosure : IVersioned, IOfPatient
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public Guid PatientId { get; init; }

    /// <summary>The request that was answered with it.</summary>
    public Guid? RequestId { get; init; }
    public DateOnly DisclosedOn { get; set; }
    public string Recipient { get; set; } = "";
    public string? Address { get; set; }
    public string What { get; set; } = "";
    public string Purpose { get; set; } = "law";
    public string? Note { get; set; }
    public string ByName { get; init; } = "";

    Guid? IOfPatient.PatientId => PatientId;

    /// <summary>
    /// In the accounting a patient may ask for: six years back, without care, payment and operations, what the patient authorized, and what
    /// went to the patient (45 CFR 164.528(a)(1)).
    /// </summary>
    public bool IsAccountedOn(DateOnly day) =>
        DisclosedOn > day.AddYears(-6) && DisclosedOn <= day && Purpose is not ("care" or "payment" or "operations" or "authorization" or "patient");

    public static IReadOnlyDictionary<string, string> Purposes { get; } = new Dictionary<string, string>
    {
        ["care"] = "Care by another", ["payment"] = "Payment", ["operations"] = "Operations", ["authorization"] = "Authorized by the patient", ["patient"] = "To the patient",
        ["law"] = "Required by law", ["public-health"] = "Public health", ["oversight"] = "Oversight agency", ["court"] = "Court or subpoena", ["research"] = "Research",
        ["mistake"] = "By mistake", ["other"] = "Other",
    };
}

public sealed class DisclosureForm : IEditForm<Disclosure>
{
    public int Version { get; set; }
    public string? DisclosedOn { get; set; }
    public string? Recipient { get; set; }
    public string? Address { get; set; }
    public string? What { get; set; }
    public string? Purpose { get; set; } = "law";
    public string? Note { get; set; }

    public void Show(Disclosure d) =>
        (DisclosedOn, Recipient, Address, What, Purpose, Note) = (Said.ShortDay(d.DisclosedOn), d.Recipient, d.Address, d.What, d.Purpose, d.Note);

    public void Write(Disclosure d, Reading read)
    {
        d.DisclosedOn = read.Past(nameof(DisclosedOn), "Date", DisclosedOn) ?? read.Today;
        d.Recipient = read.Required(nameof(Recipient), "Name of who got it", Recipient, 120);
        d.Address = read.Text(nameof(Address), "Address", Address, 300);
        d.What = read.Required(nameof(What), "What was given", What, 500);
        d.Purpose = read.OneOf(nameof(Purpose), "Purpose", Purpose, Disclosure.Purposes) ?? "other";
        d.Note = read.Text(nameof(Note), "Note", Note, 300);
    }
}
