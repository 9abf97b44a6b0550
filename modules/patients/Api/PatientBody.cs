using System.ComponentModel;
using Modular.Patients.Charts;
using Modular.Patients.Messages;
using Modular.Patients.Registrations;

namespace Modular.Patients.Api;

/// <summary>A patient in a list.</summary>
public sealed record FoundPatient(
    Guid Id,
    [property: Description("Grows with every change; the ETag.")] int Version,
    [property: Description("The practice's own number, shown to people.")] string RecordNumber,
    string FirstName,
    string LastName,
    string? PreferredName,
    DateOnly BirthDate,
    [property: Description("F, M, X, or U for not known.")] string Sex,
    [property: Description("Ten digits; with + from abroad.")] string? Phone,
    [property: Description("The chart opens to people who say why, and to no program.")] bool Restricted)
{
    public static FoundPatient Of(Patient p, DateOnly day) => new(p.Id, p.Version, p.RecordNumber, p.FirstName, p.LastName, p.PreferredName, p.BirthDate, p.Sex, p.ReachOn(day).Phone, p.Restricted);
}

/// <summary>A patient as programs read them.</summary>
public sealed record PatientBody(
    Guid Id,
    [property: Description("Grows with every change; the ETag.")] int Version,
    [property: Description("The practice's own number, shown to people.")] string RecordNumber,
    string FirstName,
    string? MiddleName,
    string LastName,
    string? Suffix,
    string? PreferredName,
    DateOnly BirthDate,
    DateOnly? DeceasedOn,
    [property: Description("F, M, X, or U for not known.")] string Sex,
    [property: Description("To speak and write to the patient in, ISO 639-1.")] string Language,
    [property: Description("spoken, sign, or null when none is needed.")] string? Interpreter,
    [property: Description("The one way in which the patient may be reached, at their own wish: address, e-mail and mobile phone are those of this way, and there is no other.")] bool Confidential,
    [property: Description("Ten digits; with + from abroad.")] string? MobilePhone,
    string? HomePhone,
    string? WorkPhone,
    string? Email,
    [property: Description("yes or no, for the mobile number; null when nobody asked.")] string? TextConsent,
    string? Address,
    string? Address2,
    string? City,
    string? State,
    string? Zip,
    [property: Description("Who gets the bills for what the patient owes today; null: the patient.")] Guarantor? Guarantor,
    [property: Description("What else the practice keeps, by the names of the columns of an import, such as employer; null where nothing is known.")]
    IReadOnlyDictionary<string, string?> Details,
    [property: Description("What the practice asks for and is missing.")] IReadOnlyList<string> ToFinish,
    DateTimeOffset RegisteredAt)
{
    public static PatientBody Of(Patient p, DateOnly day, Guarantor? guarantor)
    {
        var (reach, own) = (p.ReachOn(day), !p.ReachOn(day).Confidential);
        return new(
            p.Id, p.Version, p.RecordNumber, p.FirstName, p.MiddleName, p.LastName, p.Suffix, p.PreferredName, p.BirthDate, p.DeceasedOn, p.Sex, p.Language, p.Interpreter,
            reach.Confidential, own ? p.MobilePhone : reach.Phone, own ? p.HomePhone : null, own ? p.WorkPhone : null, reach.Email, own ? p.TextConsent : null,
            reach.Address, reach.Address2, reach.City, reach.State, reach.Zip, guarantor,
            PatientField.ForPrograms.ToDictionary(f => f.Column, f => f.Stored(p)), p.ToFinish, p.RegisteredAt);
    }
}
