using System.Reflection;
using Modular.Patients.Charts;
using Modular.Patients.Registrations;
using Modular.Sdk;

namespace Modular.Patients.Imports;

/// <summary>The columns of a patient file and how their values are said here.</summary>
public static class PatientFields
{
    /// <summary>Ids of the files are known under this name, so that a later second source does not meet them.</summary>
    public const string SourceSystem = "import";

    public static IReadOnlyList<ImportField> All { get; } =
    [
        new("source_id", "ID in the old system", true, ["id", "patientid", "patient id", "mrn"], "3edac2e3-d223", SourceId: true),
        new("last_name", "Last name", true, ["last", "lastname", "surname", "family name"], "Garcia"),
        new("first_name", "First name", true, ["first", "firstname", "given name"], "Maria"),
        new("birth_date", "Birth date", true, ["birthdate", "dob", "date of birth", "born"], "1948-01-05"),
        new("sex", "Sex", false, ["gender"], "F"),
        new("middle_name", "Middle name", false, ["middle", "middlename"]),
        new("preferred_name", "Preferred name", false, ["preferred", "nickname"]),
        new("former_names", "Former names", false, ["maiden", "maidenname", "former name"], "Lopez"),
        new("prefix", "Prefix", false, ["title"], "Mrs."),
        new("suffix", "Suffix", false, [], "Jr."),
        new("deceased_on", "Date of death", false, ["deathdate", "deceased", "date of death"]),
        new("marital", "Marital status", false, ["maritalstatus", "marital status"], "M"),
        new("race", "Race"),
        new("ethnicity", "Ethnicity"),
        new("language", "Language", false, ["lang"], "en"),
        new("birthplace", "Birthplace", false, ["birth place"]),
        new("ssn", "Social security number", false, ["social security", "socialsecurity"], "999-12-3456"),
        new("drivers_license", "Driver's license", false, ["drivers", "driverslicense", "license"]),
        new("passport", "Passport", false, ["passportno"]),
        new("address", "Address", false, ["street", "address1", "address line 1"], "18 Alder Ct"),
        new("address2", "Apartment or unit", false, ["unit", "apt", "address line 2"]),
        new("city", "City", false, ["town"]),
        new("state", "State", false, ["st"], "MA or Massachusetts"),
        new("zip", "ZIP code", false, ["zipcode", "postal code", "postcode"], "02155"),
        new("county", "County"),
        new("mobile_phone", "Mobile phone", false, ["mobile", "cell", "phone"]),
        new("home_phone", "Home phone", false, ["home"]),
        new("work_phone", "Work phone", false, ["work"]),
        new("email", "E-mail", false, ["mail", "e-mail"]),
        new("pronouns", "Pronouns"),
        new("text_consent", "Text messages", false, ["sms consent", "text messages"], "yes"),
        new("employer", "Employer"),
        new("occupation", "Occupation", false, ["job"]),
    ];

    private static readonly Dictionary<string, PropertyInfo> Properties =
        typeof(PatientForm).GetProperties().Where(p => p.PropertyType == typeof(string)).ToDictionary(p => Names.Snake(p.Name));

    /// <summary>The column that a field of the form came from.</summary>
    public static string Column(string field) => field is "source_id" ? field : Names.Snake(field);

    /// <summary>The row as a person would have typed it.</summary>
    public static (PatientForm Form, IReadOnlyList<FieldError> Errors) Read(ImportRow row)
    {
        var form = new PatientForm();
        foreach (var (column, property) in Properties)
        {
            property.SetValue(form, row[column]);
        }

        form.Sex = Sex(form.Sex);
        form.Marital = Marital(form.Marital);
        form.Race = Race(form.Race);
        form.Ethnicity = Ethnicity(form.Ethnicity);
        form.Birthplace = Reading.Clean(form.Birthplace);
        return (form, []);
    }

    /// <summary>The cells that say something, as the patient read from them keeps and shows them: 1948-01-05 is 01/05/1948, a whole SSN its last four.</summary>
    public static PatientForm AsKept(PatientForm file, Patient read)
    {
        var shown = PatientForm.Of(read, []);
        (shown.DriversLicense, shown.Passport) = (Reading.Clean(file.DriversLicense), Reading.Clean(file.Passport));
        var kept = new PatientForm();
        foreach (var property in Properties.Values)
        {
            property.SetValue(kept, property.GetValue(file) is null ? null : property.GetValue(shown));
        }

        return kept;
    }

    /// <summary>What the file says over what is here; a blank cell says nothing and takes nothing away.</summary>
    public static PatientForm Over(PatientForm here, PatientForm file)
    {
        var merged = new PatientForm { Version = here.Version, Restricted = here.Restricted };
        foreach (var property in Properties.Values)
        {
            property.SetValue(merged, property.GetValue(file) ?? property.GetValue(here));
        }

        if (merged.MobilePhone != here.MobilePhone)
        {
            // Consent was given for the other number.
            merged.TextConsent = file.TextConsent;
        }
        else if (merged.TextConsent == here.TextConsent)
        {
            merged.ConsentOn = here.ConsentOn;
        }

        return merged;
    }

    private static string? Sex(string? value) => value?.ToUpperInvariant() switch
    {
        "FEMALE" or "WOMAN" => "F",
        "MALE" or "MAN" => "M",
        "UNKNOWN" or "UNK" => "U",
        "OTHER" or "O" or "NB" or "NONBINARY" => "X",
        _ => value,
    };

    private static string? Marital(string? value) => value?.ToUpperInvariant() switch
    {
        "S" or "NEVER MARRIED" => "single",
        "M" => "married",
        "D" => "divorced",
        "W" => "widowed",
        "L" => "separated",
        "T" or "DOMESTIC PARTNER" => "partner",
        _ => value,
    };

    private static string? Race(string? value) => value?.ToLowerInvariant() switch
    {
        "african american" or "black or african american" => "black",
        "american indian" or "alaska native" or "american indian or alaska native" => "native",
        "pacific islander" or "native hawaiian" or "native hawaiian or pacific islander" => "hawaiian",
        "unknown" => null,
        _ => value,
    };

    private static string? Ethnicity(string? value) => value?.ToLowerInvariant() switch
    {
        "latino" or "hispanic or latino" => "hispanic",
        "non-hispanic" or "not hispanic" or "not hispanic or latino" => "nonhispanic",
        "unknown" => null,
        _ => value,
    };
}
