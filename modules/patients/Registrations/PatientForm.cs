using System.Text.Json.Serialization;
using Modular.Patients.Charts;
using Modular.Sdk;

namespace Modular.Patients.Registrations;

/// <summary>A patient as typed: registration, change and import fill the same form.</summary>
public sealed class PatientForm : IEditForm<Patient>
{
    /// <summary>Of the patient the form was opened with; 0 for a new one.</summary>
    public int Version { get; set; }
    public string? LastName { get; set; }
    public string? FirstName { get; set; }
    public string? MiddleName { get; set; }
    public string? PreferredName { get; set; }
    public string? FormerNames { get; set; }
    public string? Prefix { get; set; }
    public string? Suffix { get; set; }
    public string? BirthDate { get; set; }
    public string? DeceasedOn { get; set; }
    public string? Sex { get; set; }
    public string? Marital { get; set; }
    public string? Race { get; set; }
    public string? Ethnicity { get; set; }
    public string? Language { get; set; }
    public string? Birthplace { get; set; }
    public string? Ssn { get; set; }
    public string? DriversLicense { get; set; }
    public string? Passport { get; set; }
    public string? Address { get; set; }
    public string? Address2 { get; set; }
    public string? City { get; set; }
    public string? State { get; set; }
    public string? Zip { get; set; }
    public string? County { get; set; }
    public string? MobilePhone { get; set; }
    public string? HomePhone { get; set; }
    public string? WorkPhone { get; set; }
    public string? Email { get; set; }
    public string? PreferredChannel { get; set; }
    public string? Pronouns { get; set; }
    public string? Interpreter { get; set; }
    public string? TextConsent { get; set; }
    public string? VoiceMessages { get; set; }
    public string? Employment { get; set; }
    public string? Employer { get; set; }
    public string? Occupation { get; set; }
    public string? HeardFrom { get; set; }
    public string? HeardDetail { get; set; }
    public string? Alert { get; set; }
    public bool Restricted { get; set; }

    /// <summary>Of the consent this form was made with. Never posted: only an undo puts the old day back.</summary>
    [JsonInclude]
    internal DateOnly? ConsentOn { get; set; }

    /// <summary>The person saw that a patient of this name and birth date exists and registers another.</summary>
    public bool Anyway { get; set; }

    /// <summary>How people read what is in a field.</summary>
    public static string? InWords(string field, string? value) => field switch
    {
        nameof(Sex) => Choices.Sex.Label(value),
        nameof(Marital) => Choices.Marital.Label(value),
        nameof(Race) => Choices.Race.Label(value),
        nameof(Ethnicity) => Choices.Ethnicity.Label(value),
        nameof(Language) => Choices.Language.Label(value),
        nameof(PreferredChannel) => Choices.Channel.Label(value),
        nameof(HeardFrom) => Choices.HeardFrom.Label(value),
        nameof(TextConsent) => Choices.TextConsent.Label(value),
        nameof(VoiceMessages) => Choices.VoiceMessages.Label(value),
        nameof(Interpreter) => Choices.Interpreter.Label(value),
        nameof(Employment) => Choices.Employment.Label(value),
        nameof(Ssn) => value is null ? null : $"ends in {value}",
        _ => value,
    };

    public static PatientForm Of(Patient p, IReadOnlyList<ExternalId> ids)
    {
        // The day belongs to the answer: whoever changes the answer or the number gives a new one.
        var form = new PatientForm { Version = p.Version, ConsentOn = p.TextConsentOn };
        form.Show(p);
        ExternalIds.Show(form, ids);
        return form;
    }

    public void Show(Patient p)
    {
        (LastName, FirstName, MiddleName, PreferredName, Prefix, Suffix) = (p.LastName, p.FirstName, p.MiddleName, p.PreferredName, p.Prefix, p.Suffix);
        FormerNames = p.FormerNames.Count == 0 ? null : string.Join(", ", p.FormerNames);
        (BirthDate, DeceasedOn) = (Said.ShortDay(p.BirthDate), p.DeceasedOn is { } died ? Said.ShortDay(died) : null);
        (Sex, Marital, Race, Ethnicity, Language, Birthplace) = (p.Sex, p.Marital, p.Race, p.Ethnicity, p.Language, p.Birthplace);
        (Ssn, Alert, Restricted) = (p.SsnLast4, p.Alert, p.Restricted);
        (Address, Address2, City, State, Zip, County) = (p.Address, p.Address2, p.City, p.State, Format.Zip(p.Zip), p.County);
        (MobilePhone, HomePhone, WorkPhone) = (TypedPhone.Show(p.MobilePhone), TypedPhone.Show(p.HomePhone), TypedPhone.Show(p.WorkPhone));
        (Email, PreferredChannel, Pronouns, Interpreter) = (p.Email, p.PreferredChannel, p.Pronouns, p.Interpreter);
        (TextConsent, VoiceMessages) = (p.TextConsent, p.VoiceMessages);
        (Employment, Employer, Occupation, HeardFrom, HeardDetail) = (p.Employment, p.Employer, p.Occupation, p.HeardFrom, p.HeardDetail);
    }

    /// <summary>Writes what was typed into the patient. With errors the patient is half written and must not be saved.</summary>
    public IReadOnlyList<FieldError> Apply(Patient patient, DateOnly today, bool fromSpreadsheet = false)
    {
        var read = new Reading(today);
        Write(patient, read, fromSpreadsheet);
        return read.Errors;
    }

    public void Write(Patient patient, Reading read) => Write(patient, read, fromSpreadsheet: false);

    private void Write(Patient patient, Reading read, bool fromSpreadsheet)
    {
        ApplyName(patient, read);
        ApplyPerson(patient, read);
        ApplyContact(patient, read, fromSpreadsheet);
    }

    private void ApplyName(Patient p, Reading read)
    {
        p.LastName = read.Required(nameof(LastName), "Last name", LastName);
        p.FirstName = read.Required(nameof(FirstName), "First name", FirstName);
        p.MiddleName = read.Text(nameof(MiddleName), "Middle name", MiddleName);
        p.PreferredName = read.Text(nameof(PreferredName), "Preferred name", PreferredName);
        p.Prefix = read.Text(nameof(Prefix), "Prefix", Prefix, 20);
        p.Suffix = read.Text(nameof(Suffix), "Suffix", Suffix, 20);
        var former = (FormerNames ?? "").Split(',').Select(Reading.Clean).OfType<string>().Distinct().ToList();
        if (!former.SequenceEqual(p.FormerNames))
        {
            p.FormerNames = former;
        }
    }

    private void ApplyPerson(Patient p, Reading read)
    {
        if (read.Past(nameof(BirthDate), "Birth date", BirthDate) is { } born)
        {
            p.BirthDate = born;
            if (Age.Years(born, read.Today) > 125)
            {
                read.Refuse(nameof(BirthDate), $"Born {Said.ShortDay(born)} would be {Age.Years(born, read.Today)} years old; check the year.");
            }
        }
        else if (Reading.Clean(BirthDate) is null)
        {
            read.Refuse(nameof(BirthDate), "Type the birth date, like 01/05/1948.");
        }

        p.DeceasedOn = read.Past(nameof(DeceasedOn), "Date of death", DeceasedOn);
        if (p.DeceasedOn < p.BirthDate)
        {
            read.Refuse(nameof(DeceasedOn), "The date of death is before the birth date.");
        }

        p.Sex = read.OneOf(nameof(Sex), "Sex", Sex, Choices.Sex) ?? "U";
        p.Marital = read.OneOf(nameof(Marital), "Marital status", Marital, Choices.Marital);
        p.Race = read.OneOf(nameof(Race), "Race", Race, Choices.Race);
        p.Ethnicity = read.OneOf(nameof(Ethnicity), "Ethnicity", Ethnicity, Choices.Ethnicity);
        p.Language = read.OneOf(nameof(Language), "Language", Language, Choices.Language) ?? "en";
        p.Birthplace = read.Text(nameof(Birthplace), "Birthplace", Birthplace, 120);
        p.Pronouns = read.Text(nameof(Pronouns), "Pronouns", Pronouns, 40);
        p.Interpreter = read.OneOf(nameof(Interpreter), "Interpreter", Interpreter, Choices.Interpreter);
        p.Employment = read.OneOf(nameof(Employment), "Employment", Employment, Choices.Employment);
        p.Employer = read.Text(nameof(Employer), "Employer", Employer, 120);
        p.Occupation = read.Text(nameof(Occupation), "Occupation", Occupation);
        p.HeardFrom = read.OneOf(nameof(HeardFrom), "How they heard of us", HeardFrom, Choices.HeardFrom);
        p.HeardDetail = read.Text(nameof(HeardDetail), "Who or what", HeardDetail, 120);
        p.SsnLast4 = LastFour(read);
        p.Alert = read.Text(nameof(Alert), "Alert", Alert, 300);
        p.Restricted = Restricted;
    }

    private void ApplyContact(Patient p, Reading read, bool fromSpreadsheet)
    {
        p.Address = read.Text(nameof(Address), "Address", Address, 120);
        p.Address2 = read.Text(nameof(Address2), "Apartment or unit", Address2);
        p.City = read.Text(nameof(City), "City", City);
        p.State = read.State(nameof(State), State);
        p.Zip = read.Zip(nameof(Zip), Zip, fromSpreadsheet);
        p.County = read.Text(nameof(County), "County", County);
        var mobile = p.MobilePhone;
        p.MobilePhone = read.Phone(nameof(MobilePhone), MobilePhone);
        p.HomePhone = read.Phone(nameof(HomePhone), HomePhone);
        p.WorkPhone = read.Phone(nameof(WorkPhone), WorkPhone);
        p.Email = read.Email(nameof(Email), Email);
        p.PreferredChannel = read.OneOf(nameof(PreferredChannel), "Preferred contact", PreferredChannel, Choices.Channel);
        p.VoiceMessages = read.OneOf(nameof(VoiceMessages), "Voice mail", VoiceMessages, Choices.VoiceMessages);
        ApplyTexts(p, read, mobile);
    }

    /// <summary>Consent to texts belongs to a number and a day: an answer for another number is a new one.</summary>
    private void ApplyTexts(Patient p, Reading read, string? mobile)
    {
        var consent = read.OneOf(nameof(TextConsent), "Text messages", TextConsent, Choices.TextConsent);
        if (consent == "yes" && p.MobilePhone is null)
        {
            read.Refuse(nameof(TextConsent), "Texts need a mobile number.");
        }

        var kept = ConsentOn ?? (consent == p.TextConsent && mobile == p.MobilePhone ? p.TextConsentOn : null);
        p.TextConsentOn = consent is null ? null : kept ?? read.Today;
        p.TextConsent = consent;
    }

    private string? LastFour(Reading read)
    {
        var digits = string.Concat((Ssn ?? "").Where(char.IsAsciiDigit));
        if (digits.Length is 4 or 9)
        {
            return digits[^4..];
        }

        if (Reading.Clean(Ssn) is not null)
        {
            read.Refuse(nameof(Ssn), $"A social security number has 9 digits, its end 4; this one has {digits.Length}.");
        }

        return null;
    }
}
