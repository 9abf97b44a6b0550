using System.Text.Json.Serialization;
using Modular.Patients.Charts;
using Modular.Sdk;

namespace Modular.Patients.Registrations;

/// <summary>A patient as typed: registration, change and import fill the same form.</summary>
public sealed class PatientForm : IEditForm<Patient>
{
    private const string Naming = "Name", Self = "Person", Contact = "Contact", Work = "Work and how they found us", Notes = "Numbers and notes";

    /// <summary>Of the patient the form was opened with; 0 for a new one.</summary>
    public int Version { get; set; }

    [PatientField(Naming, Required = true, InChartWords = true, Headings = ["last", "lastname", "surname", "family name"], Example = "Garcia")]
    public string? LastName { get; set; }

    [PatientField(Naming, Required = true, InChartWords = true, Headings = ["first", "firstname", "given name"], Example = "Maria")]
    public string? FirstName { get; set; }

    [PatientField(Naming, InChartWords = true, Headings = ["middle", "middlename"])]
    public string? MiddleName { get; set; }

    [PatientField(Naming, InChartWords = true, Hint = "What to call the patient", Headings = ["preferred", "nickname"])]
    public string? PreferredName { get; set; }

    [PatientField(Naming, HasRule = true, InChartWords = true, Hint = "Several are parted by commas",
        Headings = ["maiden", "maidenname", "former name"], Example = "Lopez")]
    public string? FormerNames { get; set; }

    [PatientField(Naming, Longest = 20, Short = true, InChartWords = true, ForPrograms = true, Hint = "Mrs., Dr.", Headings = ["title"],
        Example = "Mrs.")]
    public string? Prefix { get; set; }

    [PatientField(Naming, Longest = 20, Short = true, InChartWords = true, Hint = "Jr., III", Example = "Jr.")]
    public string? Suffix { get; set; }

    [PatientField(Self, Kind = FieldKind.Past, HasRule = true, Required = true, InChartWords = true, Hint = "010548, 1/5/48 or Jan 5 1948",
        Headings = ["birthdate", "dob", "date of birth", "born"], Example = "1948-01-05")]
    public string? BirthDate { get; set; }

    [PatientField(Self, Kind = FieldKind.Choice, Choices = nameof(Choices.Sex), Blank = "Choose", Default = "U", InChartWords = true,
        Hint = "As on the insurance card", Headings = ["gender"], Example = "F")]
    public string? Sex { get; set; }

    [PatientField(Self, Longest = 40, ForPrograms = true, Hint = "she/her, they/them")]
    public string? Pronouns { get; set; }

    [PatientField(Self, Kind = FieldKind.Choice, Choices = nameof(Choices.Language), Default = "en", InChartWords = true,
        Headings = ["lang"], Example = "en")]
    public string? Language { get; set; }

    [PatientField(Self, Kind = FieldKind.Choice, Choices = nameof(Choices.Interpreter), Blank = "Not needed", InChartWords = true)]
    public string? Interpreter { get; set; }

    [PatientField(Self, Label = "Marital status", Kind = FieldKind.Choice, Choices = nameof(Choices.Marital), Blank = "Not asked", ForPrograms = true,
        Headings = ["maritalstatus", "marital status"], Example = "M")]
    public string? Marital { get; set; }

    [PatientField(Self, Kind = FieldKind.Choice, Choices = nameof(Choices.Race), Blank = "Not asked")]
    public string? Race { get; set; }

    [PatientField(Self, Kind = FieldKind.Choice, Choices = nameof(Choices.Ethnicity), Blank = "Not asked")]
    public string? Ethnicity { get; set; }

    [PatientField(Self, Longest = 120, ForPrograms = true, Headings = ["birth place"])]
    public string? Birthplace { get; set; }

    [PatientField(Self, Label = "Date of death", Kind = FieldKind.Past, Headings = ["deathdate", "deceased", "date of death"])]
    public string? DeceasedOn { get; set; }

    [PatientField(Contact, Longest = 120, InChartWords = true, Hint = "Street and number",
        Headings = ["street", "address1", "address line 1"], Example = "18 Alder Ct")]
    public string? Address { get; set; }

    [PatientField(Contact, Label = "Apartment or unit", InChartWords = true, Headings = ["unit", "apt", "address line 2"])]
    public string? Address2 { get; set; }

    [PatientField(Contact, InChartWords = true, Headings = ["town"])]
    public string? City { get; set; }

    [PatientField(Contact, Kind = FieldKind.State, Short = true, InChartWords = true, Hint = "Two letters", Headings = ["st"],
        Example = "MA or Massachusetts")]
    public string? State { get; set; }

    [PatientField(Contact, Label = "ZIP code", Kind = FieldKind.Zip, Short = true, InChartWords = true,
        Headings = ["zipcode", "postal code", "postcode"], Example = "02155")]
    public string? Zip { get; set; }

    [PatientField(Contact, InChartWords = true)]
    public string? County { get; set; }

    [PatientField(Contact, Kind = FieldKind.Phone, InChartWords = true, Headings = ["mobile", "cell", "phone"])]
    public string? MobilePhone { get; set; }

    [PatientField(Contact, Label = "Text messages", Kind = FieldKind.Choice, HasRule = true, Choices = nameof(Choices.TextConsent),
        Blank = "Not asked", InChartWords = true, Hint = "To the mobile phone", Headings = ["sms consent", "text messages"], Example = "yes")]
    public string? TextConsent { get; set; }

    [PatientField(Contact, Kind = FieldKind.Phone, InChartWords = true, Headings = ["home"])]
    public string? HomePhone { get; set; }

    [PatientField(Contact, Kind = FieldKind.Phone, InChartWords = true, Headings = ["work"])]
    public string? WorkPhone { get; set; }

    [PatientField(Contact, Label = "E-mail", Kind = FieldKind.Email, InChartWords = true, Headings = ["mail", "e-mail"])]
    public string? Email { get; set; }

    [PatientField(Contact, Label = "Preferred contact", Kind = FieldKind.Choice, Choices = nameof(Choices.Channel), Blank = "No wish")]
    public string? PreferredChannel { get; set; }

    [PatientField(Contact, Label = "On voice mail", Kind = FieldKind.Choice, Choices = nameof(Choices.VoiceMessages), Blank = "Not asked")]
    public string? VoiceMessages { get; set; }

    [PatientField(Work, Kind = FieldKind.Choice, Choices = nameof(Choices.Employment), Blank = "Not asked", InChartWords = true, ForPrograms = true)]
    public string? Employment { get; set; }

    [PatientField(Work, Longest = 120, InChartWords = true, ForPrograms = true)]
    public string? Employer { get; set; }

    [PatientField(Work, InChartWords = true, ForPrograms = true, Headings = ["job"])]
    public string? Occupation { get; set; }

    [PatientField(Work, Label = "Heard of us from", Kind = FieldKind.Choice, Choices = nameof(Choices.HeardFrom), Blank = "Not asked",
        InChartWords = true)]
    public string? HeardFrom { get; set; }

    [PatientField(Work, Label = "Who or what", Longest = 120, InChartWords = true, Hint = "Name of the friend, the doctor, the event")]
    public string? HeardDetail { get; set; }

    [PatientField(Notes, Label = "Social security number", HasRule = true, InChartWords = true, Hint = "Only the last four digits are kept",
        Headings = ["social security", "socialsecurity"], Example = "999-12-3456")]
    public string? Ssn { get; set; }

    [PatientField(Notes, Label = "Driver's license", HasRule = true, InChartWords = true, Headings = ["drivers", "driverslicense", "license"])]
    public string? DriversLicense { get; set; }

    [PatientField(Notes, HasRule = true, InChartWords = true, Headings = ["passportno"])]
    public string? Passport { get; set; }

    [PatientField(Notes, Longest = 300, InChartWords = true, Hint = "Everybody who opens the patient sees it: hard of hearing, write it down")]
    public string? Alert { get; set; }

    [PatientField(Notes, Kind = FieldKind.Box, Label = "Restricted chart: opens only to those who say why", HasRule = true, InChartWords = true)]
    public bool Restricted { get; set; }

    /// <summary>Of the consent this form was made with. Never posted: only an undo puts the old day back.</summary>
    [JsonInclude]
    internal DateOnly? ConsentOn { get; set; }

    /// <summary>The person saw that a patient of this name and birth date exists and registers another.</summary>
    public bool Anyway { get; set; }

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
        foreach (var field in PatientField.All)
        {
            field.Show(p, this);
        }

        FormerNames = p.FormerNames.Count == 0 ? null : string.Join(", ", p.FormerNames);
        (BirthDate, TextConsent, Ssn, Restricted) = (Said.ShortDay(p.BirthDate), p.TextConsent, p.SsnLast4, p.Restricted);
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
        var mobile = patient.MobilePhone;
        foreach (var field in PatientField.All)
        {
            // In the order of the form, in which whoever typed it reads what is wrong.
            field.Write(this, patient, read, fromSpreadsheet);
            switch (field.Name)
            {
                case nameof(FormerNames):
                    WriteFormerNames(patient);
                    break;
                case nameof(BirthDate):
                    WriteBirthDate(patient, read);
                    break;
                case nameof(DeceasedOn) when patient.DeceasedOn < patient.BirthDate:
                    read.Refuse(nameof(DeceasedOn), "The date of death is before the birth date.");
                    break;
                case nameof(TextConsent):
                    WriteTexts(patient, read, mobile);
                    break;
                case nameof(Ssn):
                    patient.SsnLast4 = LastFour(read);
                    break;
                case nameof(Restricted):
                    patient.Restricted = Restricted;
                    break;
            }
        }
    }

    private void WriteFormerNames(Patient p)
    {
        var former = (FormerNames ?? "").Split(',').Select(Reading.Clean).OfType<string>().Distinct().ToList();
        if (!former.SequenceEqual(p.FormerNames))
        {
            p.FormerNames = former;
        }
    }

    private void WriteBirthDate(Patient p, Reading read)
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
    }

    /// <summary>Consent to texts belongs to a number and a day: an answer for another number is a new one.</summary>
    private void WriteTexts(Patient p, Reading read, string? mobile)
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
