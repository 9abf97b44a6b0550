using Modular.Patients.Addresses;
using Modular.Patients.Contacts;
using Modular.Patients.Messages;
using Modular.Sdk;

namespace Modular.Patients.Charts;

/// <summary>A person the practice looks after, practice-wide.</summary>
public sealed class Patient : IVersioned, IOfPatient
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public string RecordNumber { get; init; } = "";
    public string FirstName { get; set; } = "";
    public string LastName { get; set; } = "";
    public string? MiddleName { get; set; }
    public string? PreferredName { get; set; }
    public List<string> FormerNames { get; set; } = [];
    public string? Prefix { get; set; }
    public string? Suffix { get; set; }
    public DateOnly BirthDate { get; set; }
    public DateOnly? DeceasedOn { get; set; }

    /// <summary>F, M, X, or U for not known.</summary>
    public string Sex { get; set; } = "U";
    public string? Marital { get; set; }
    public string? Race { get; set; }
    public string? Ethnicity { get; set; }

    /// <summary>Language to speak and write to the patient in, as ISO 639-1.</summary>
    public string Language { get; set; } = "en";
    public string? Birthplace { get; set; }
    public string? SsnLast4 { get; set; }
    public string? Address { get; set; }
    public string? Address2 { get; set; }
    public string? City { get; set; }
    public string? State { get; set; }
    public string? Zip { get; set; }
    public string? County { get; set; }

    /// <summary>Phones are ten digits; pages format them.</summary>
    public string? MobilePhone { get; set; }
    public string? HomePhone { get; set; }
    public string? WorkPhone { get; set; }
    public string? Email { get; set; }
    public string? PreferredChannel { get; set; }
    public string? Pronouns { get; set; }

    /// <summary>spoken, sign, or null when none is needed.</summary>
    public string? Interpreter { get; set; }

    /// <summary>yes or no, for the mobile number as it stood on <see cref="TextConsentOn"/>; null when nobody asked.</summary>
    public string? TextConsent { get; set; }
    public DateOnly? TextConsentOn { get; set; }

    /// <summary>What may be said to a machine: full, call-back, none.</summary>
    public string? VoiceMessages { get; set; }
    public string? Employment { get; set; }
    public string? Employer { get; set; }
    public string? Occupation { get; set; }
    public string? HeardFrom { get; set; }
    public string? HeardDetail { get; set; }
    public Guid? PhotoId { get; set; }
    public Guid? PrimaryCareId { get; set; }
    public Guid? ReferredById { get; set; }

    /// <summary>A sentence that everybody who opens the patient must see: "Hard of hearing, write it down".</summary>
    public string? Alert { get; set; }
    public bool Restricted { get; set; }

    /// <summary>The record this one was merged into; such a record is in no list.</summary>
    public Guid? MergedInto { get; private set; }

    /// <summary>What the practice asks for and was still missing when a person last saved.</summary>
    public List<string> ToFinish { get; set; } = [];
    public DateTimeOffset RegisteredAt { get; init; }
    public string? SourceSystem { get; set; }
    public string? SourceId { get; set; }

    // Written by the database, see the migration.
    public string FindNames { get; private set; } = "";
    public string FindNumbers { get; private set; } = "";
    public string SortName { get; private set; } = "";

    /// <summary>Where alone the patient may be reached, and when: JSON of <see cref="ConfidentialWay"/>.</summary>
    public string Confidential { get; private set; } = "[]";

    Guid? IOfPatient.PatientId => Id;

    public string FullName => PatientNames.Full(FirstName, MiddleName, LastName, Suffix);

    /// <summary>The patient's own number. What is shown is that of <see cref="ReachOn"/>.</summary>
    public string? Phone => MobilePhone ?? HomePhone ?? WorkPhone;

    /// <summary>The number, address and e-mail to show and print on a day: the patient's own, or the confidential ones in their place.</summary>
    public Reach ReachOn(DateOnly day) => Reach.Of(this, [], day);

    /// <summary>As the holder of a plan of their own.</summary>
    public Subscriber AsSubscriber(DateOnly day)
    {
        var reach = ReachOn(day);
        return new(FirstName, MiddleName, LastName, Suffix, BirthDate, Sex, reach.Address, reach.Address2, reach.City, reach.State, reach.Zip);
    }

    /// <param name="day">The patient's today.</param>
    /// <param name="guarantor">The contact who pays on that day; null: the patient.</param>
    public PatientChanged Changed(DateOnly day, Contact? guarantor)
    {
        var reach = ReachOn(day);
        return new(Id, Version, RecordNumber, FirstName, LastName, PreferredName, BirthDate, Sex, reach.Phone, reach.Email, Restricted, DeceasedOn is null, Language)
        {
            MiddleName = MiddleName, Suffix = Suffix, DeceasedOn = DeceasedOn,
            Address = reach.Address, Address2 = reach.Address2, City = reach.City, State = reach.State, Zip = reach.Zip,
            Guarantor = guarantor?.AsGuarantor(this, day),
        };
    }
}

/// <summary>How a name is put together for people to read.</summary>
public static class PatientNames
{
    public static string Full(string? first, string? middle, string last, string? suffix) =>
        string.Join(' ', new[] { first, middle, last, suffix }.Where(part => !string.IsNullOrEmpty(part)));

    /// <summary>As lists are read and sorted: "Garcia, María".</summary>
    public static string LastFirst(string last, string first, string? suffix = null) =>
        string.IsNullOrEmpty(suffix) ? $"{last}, {first}" : $"{last} {suffix}, {first}";

    /// <summary>For a <c>&lt;picker&gt;</c>.</summary>
    public static Pick ToPick(this Patient patient, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(patient);
        return new(patient.Id, LastFirst(patient.LastName, patient.FirstName, patient.Suffix), $"{Said.ShortDay(patient.BirthDate)} · {Said.Age(patient.BirthDate, today)} · {patient.RecordNumber}");
    }
}

/// <summary>A number that somebody else gave: driver's license, passport, another system's record number.</summary>
public sealed class ExternalId : IVersioned, IOfPatient
{
    public const string DriversLicense = "drivers-license", Passport = "passport", Other = "other";

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public Guid PatientId { get; init; }
    public string Kind { get; init; } = Other;
    public string Issuer { get; set; } = "";
    public string Value { get; set; } = "";

    Guid? IOfPatient.PatientId => PatientId;
}

/// <summary>A restricted chart stays open to the person who said why until the day ends.</summary>
public sealed class ChartOpening : IOfPatient
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid PatientId { get; init; }
    public Guid PersonId { get; init; }
    public string Reason { get; init; } = "";
    public DateTimeOffset OpenedAt { get; init; }
    public DateTimeOffset Until { get; init; }

    Guid? IOfPatient.PatientId => PatientId;
}
