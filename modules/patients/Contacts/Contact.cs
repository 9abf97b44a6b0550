using Modular.Patients.Charts;
using Modular.Patients.Messages;
using Modular.Patients.Registrations;
using Modular.Sdk;

namespace Modular.Patients.Contacts;

/// <summary>Somebody around a patient: whom to call, who pays, who decides. One person may be all three.</summary>
public sealed class Contact : IVersioned, IOfPatient
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public Guid PatientId { get; init; }

    /// <summary>When this person is a patient here too.</summary>
    public Guid? OtherPatientId { get; set; }

    /// <summary>Null for an organization, and where only the whole name is known.</summary>
    public string? FirstName { get; set; }
    public string? MiddleName { get; set; }

    /// <summary>Or the organization's name, or a whole name that could not be taken apart.</summary>
    public string LastName { get; set; } = "";
    public string? Suffix { get; set; }
    public string Relationship { get; set; } = "other";
    public DateOnly? BirthDate { get; set; }
    public string? Phone { get; set; }
    public string? OtherPhone { get; set; }
    public string? Email { get; set; }
    public string? Address { get; set; }
    public string? Address2 { get; set; }
    public string? City { get; set; }
    public string? State { get; set; }
    public string? Zip { get; set; }

    /// <summary>The order in which to call; null: not for emergencies.</summary>
    public int? Emergency { get; set; }

    /// <summary>Pays what the patient owes. The database allows one on a day.</summary>
    public bool Guarantor { get; set; }

    /// <summary>May be told about care and bills (45 CFR 164.510(b)).</summary>
    public bool MayDiscuss { get; set; }

    /// <summary>By what right this person decides for the patient.</summary>
    public string? Authority { get; set; }
    public string? AuthorityNote { get; set; }
    public DateOnly FromDate { get; set; }
    public DateOnly? ToDate { get; set; }
    public string? EndedBecause { get; set; }

    Guid? IOfPatient.PatientId => PatientId;

    public string Name => PatientNames.Full(FirstName, MiddleName, LastName, Suffix);

    /// <summary>
    /// Without an address of their own they live with the patient, unless the patient asked to be reached in another way only
    /// (45 CFR 164.522(b)): neither that way nor home is given to somebody else then.
    /// </summary>
    public Guarantor AsGuarantor(Patient patient, DateOnly day)
    {
        var together = Address is null && !patient.ReachOn(day).Confidential;
        var (address, address2, city, state, zip) = together ? (patient.Address, patient.Address2, patient.City, patient.State, patient.Zip)
            : (Address, Address2, City, State, Zip);
        return new(FirstName, MiddleName, LastName, Suffix, Relationship, address, address2, city, state, zip, Phone);
    }

    public bool HoldsOn(DateOnly day) => FromDate <= day && (ToDate is null || ToDate >= day);
}

/// <summary>A contact as typed.</summary>
public sealed class ContactForm : IEditForm<Contact>
{
    public int Version { get; set; }
    public string? FirstName { get; set; }
    public string? MiddleName { get; set; }
    public string? LastName { get; set; }
    public string? Suffix { get; set; }
    public string? Relationship { get; set; }
    public string? BirthDate { get; set; }
    public string? Phone { get; set; }
    public string? OtherPhone { get; set; }
    public string? Email { get; set; }
    public string? Address { get; set; }
    public string? Address2 { get; set; }
    public string? City { get; set; }
    public string? State { get; set; }
    public string? Zip { get; set; }
    public string? Emergency { get; set; }
    public bool Guarantor { get; set; }
    public bool MayDiscuss { get; set; }
    public string? Authority { get; set; }
    public string? AuthorityNote { get; set; }
    public string? FromDate { get; set; }
    public string? ToDate { get; set; }
    public string? EndedBecause { get; set; }

    public void Show(Contact c)
    {
        (FirstName, MiddleName, LastName, Suffix) = (c.FirstName, c.MiddleName, c.LastName, c.Suffix);
        (Relationship, BirthDate) = (c.Relationship, c.BirthDate is { } born ? Said.ShortDay(born) : null);
        (Phone, OtherPhone, Email) = (TypedPhone.Show(c.Phone), TypedPhone.Show(c.OtherPhone), c.Email);
        (Address, Address2, City, State, Zip) = (c.Address, c.Address2, c.City, c.State, Format.Zip(c.Zip));
        (Emergency, Guarantor, MayDiscuss, Authority, AuthorityNote) = (c.Emergency?.ToString(), c.Guarantor, c.MayDiscuss, c.Authority, c.AuthorityNote);
        (FromDate, ToDate, EndedBecause) = (Said.ShortDay(c.FromDate), c.ToDate is { } to ? Said.ShortDay(to) : null, c.EndedBecause);
    }

    public void Write(Contact c, Reading read)
    {
        c.FirstName = read.Text(nameof(FirstName), "First name", FirstName);
        c.MiddleName = read.Text(nameof(MiddleName), "Middle name", MiddleName);
        c.LastName = read.Required(nameof(LastName), "Last name", LastName, 120);
        c.Suffix = read.Text(nameof(Suffix), "Suffix", Suffix, 20);
        c.Relationship = read.OneOf(nameof(Relationship), "Relationship", Relationship, Choices.ContactRelationship) ?? "";
        if (Reading.Clean(Relationship) is null)
        {
            read.Refuse(nameof(Relationship), "Choose what this person is to the patient.");
        }

        c.BirthDate = read.Past(nameof(BirthDate), "Birth date", BirthDate);
        c.Phone = read.Phone(nameof(Phone), Phone);
        c.OtherPhone = read.Phone(nameof(OtherPhone), OtherPhone);
        c.Email = read.Email(nameof(Email), Email);
        c.Address = read.Text(nameof(Address), "Address", Address, 120);
        c.Address2 = read.Text(nameof(Address2), "Apartment or unit", Address2);
        c.City = read.Text(nameof(City), "City", City);
        c.State = read.State(nameof(State), State);
        c.Zip = read.Zip(nameof(Zip), Zip);
        c.Guarantor = Guarantor;
        c.MayDiscuss = MayDiscuss;
        WriteCall(c, read);
        WriteAuthority(c, read);
        WriteDays(c, read);
    }

    private void WriteCall(Contact c, Reading read)
    {
        c.Emergency = Reading.Clean(Emergency) is null ? null : Emergency is { Length: 1 } digit && digit[0] is >= '1' and <= '9' ? digit[0] - '0' : -1;
        if (c.Emergency == -1)
        {
            read.Refuse(nameof(Emergency), "Type 1 for the first to call, up to 9.");
        }
        else if (c.Emergency is not null && c.Phone is null)
        {
            read.Refuse(nameof(Phone), "Whom to call in an emergency needs a phone number.");
        }
    }

    private void WriteAuthority(Contact c, Reading read)
    {
        c.Authority = read.OneOf(nameof(Authority), "Authority", Authority, Choices.Authority);
        c.AuthorityNote = read.Text(nameof(AuthorityNote), "Note", AuthorityNote, 300);
        // Who decides is told what they decide about.
        c.MayDiscuss |= c.Authority is not null;
    }

    private void WriteDays(Contact c, Reading read)
    {
        c.FromDate = read.Near(nameof(FromDate), FromDate) ?? (c.FromDate == default ? read.Today : c.FromDate);
        c.ToDate = read.Near(nameof(ToDate), ToDate);
        c.EndedBecause = read.Text(nameof(EndedBecause), "Why it ended", EndedBecause, 200);
        if (c.ToDate < c.FromDate)
        {
            read.Refuse(nameof(ToDate), "The last day is before the first.");
        }
    }
}
