using System.Text.Json;
using Modular.Patients.Charts;
using Modular.Patients.Registrations;
using Modular.Sdk;

namespace Modular.Patients.Addresses;

/// <summary>Where else to write, call or mail. The home address is the patient's own.</summary>
public sealed class OtherAddress : IVersioned, IOfPatient
{
    public const string Mailing = "mailing", Seasonal = "seasonal", Confidential = "confidential";

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public Guid PatientId { get; init; }
    public string Kind { get; set; } = Mailing;
    public string? CareOf { get; set; }
    public string? Address { get; set; }
    public string? Address2 { get; set; }
    public string? City { get; set; }
    public string? State { get; set; }
    public string? Zip { get; set; }
    public string? Phone { get; set; }
    public string? Email { get; set; }
    public DateOnly FromDate { get; set; }
    public DateOnly? ToDate { get; set; }
    public string? Note { get; set; }

    Guid? IOfPatient.PatientId => PatientId;

    public bool HoldsOn(DateOnly day) => FromDate <= day && (ToDate is null || ToDate >= day);

    public static IReadOnlyDictionary<string, string> Kinds { get; } = new Dictionary<string, string>
    {
        [Mailing] = "Mailing", [Seasonal] = "Away for a season", [Confidential] = "Confidential",
    };
}

/// <summary>How to reach a patient on a day.</summary>
/// <param name="Confidential">The patient asked for this way (45 CFR 164.522(b)); no other may be used.</param>
public sealed record Reach(string? CareOf, string? Address, string? Address2, string? City, string? State, string? Zip, string? Phone, string? Email, bool Confidential)
{
    /// <summary>
    /// A confidential request stands above everything, and what it leaves empty stays empty: a letter home may be the very thing
    /// the patient fears. Else a season away, else the mailing address, else home.
    /// </summary>
    public static Reach Of(Patient p, IEnumerable<OtherAddress> others, DateOnly day)
    {
        var today = others.Where(a => a.HoldsOn(day)).ToDictionary(a => a.Kind);
        if ((today.TryGetValue(OtherAddress.Confidential, out var typed) ? ConfidentialWay.Of(typed) : ConfidentialWay.On(p, day)) is { } secret)
        {
            return new(secret.CareOf, secret.Address, secret.Address2, secret.City, secret.State, secret.Zip, secret.Phone, secret.Email, true);
        }

        return (today.GetValueOrDefault(OtherAddress.Seasonal) ?? today.GetValueOrDefault(OtherAddress.Mailing)) is { } other
            ? new(other.CareOf, other.Address, other.Address2, other.City, other.State, other.Zip, other.Phone ?? p.Phone, other.Email ?? p.Email, false)
            : new(null, p.Address, p.Address2, p.City, p.State, p.Zip, p.Phone, p.Email, false);
    }
}

/// <summary>The confidential way as the database keeps it with the patient.</summary>
public sealed record ConfidentialWay(
    string? CareOf, string? Address, string? Address2, string? City, string? State, string? Zip, string? Phone, string? Email, DateOnly From, DateOnly? To)
{
    public static ConfidentialWay Of(OtherAddress a) => new(a.CareOf, a.Address, a.Address2, a.City, a.State, a.Zip, a.Phone, a.Email, a.FromDate, a.ToDate);

    /// <summary>The one that holds on a day; there is at most one.</summary>
    public static ConfidentialWay? On(Patient patient, DateOnly day) => patient.Confidential == "[]" ? null
        : JsonSerializer.Deserialize<ConfidentialWay[]>(patient.Confidential, JsonSerializerOptions.Web)!.FirstOrDefault(w => w.From <= day && (w.To is null || w.To >= day));
}

/// <summary>Another address as typed.</summary>
public sealed class AddressForm : IEditForm<OtherAddress>
{
    public int Version { get; set; }
    public string? Kind { get; set; } = OtherAddress.Mailing;
    public string? CareOf { get; set; }
    public string? Address { get; set; }
    public string? Address2 { get; set; }
    public string? City { get; set; }
    public string? State { get; set; }
    public string? Zip { get; set; }
    public string? Phone { get; set; }
    public string? Email { get; set; }
    public string? FromDate { get; set; }
    public string? ToDate { get; set; }
    public string? Note { get; set; }

    public void Show(OtherAddress a)
    {
        (Kind, CareOf, Address, Address2, City, State, Zip) = (a.Kind, a.CareOf, a.Address, a.Address2, a.City, a.State, Format.Zip(a.Zip));
        (Phone, Email, Note) = (TypedPhone.Show(a.Phone), a.Email, a.Note);
        (FromDate, ToDate) = (Said.ShortDay(a.FromDate), a.ToDate is { } to ? Said.ShortDay(to) : null);
    }

    public void Write(OtherAddress a, Reading read)
    {
        a.Kind = read.OneOf(nameof(Kind), "Kind", Kind, OtherAddress.Kinds) ?? OtherAddress.Mailing;
        a.CareOf = read.Text(nameof(CareOf), "Care of", CareOf);
        a.Address = read.Text(nameof(Address), "Address", Address, 120);
        a.Address2 = read.Text(nameof(Address2), "Apartment or unit", Address2);
        a.City = read.Text(nameof(City), "City", City);
        a.State = read.State(nameof(State), State);
        a.Zip = read.Zip(nameof(Zip), Zip);
        a.Phone = read.Phone(nameof(Phone), Phone);
        a.Email = read.Email(nameof(Email), Email);
        a.Note = read.Text(nameof(Note), "Note", Note, 300);
        a.FromDate = read.Near(nameof(FromDate), FromDate) ?? (a.FromDate == default ? read.Today : a.FromDate);
        a.ToDate = read.Near(nameof(ToDate), ToDate);
        if (a.ToDate < a.FromDate)
        {
            read.Refuse(nameof(ToDate), "The last day is before the first.");
        }

        Whole(a, read);
    }

    private static void Whole(OtherAddress a, Reading read)
    {
        var parts = new[] { a.Address, a.City, a.State, a.Zip }.Count(p => p is not null);
        if (a.Kind == OtherAddress.Confidential ? parts is > 0 and < 4 : parts < 4)
        {
            read.Refuse(nameof(Address), "An address for mail needs street, city, state and ZIP code.");
        }
        else if (parts == 0 && a.Phone is null && a.Email is null)
        {
            read.Refuse(nameof(Address), "Type the address, phone or e-mail the patient asked for.");
        }
    }
}
