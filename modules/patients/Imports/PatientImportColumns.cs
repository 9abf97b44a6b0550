using Modular.Patients.Charts;
using Modular.Patients.Registrations;
using Modular.Sdk;

namespace Modular.Patients.Imports;

/// <summary>The columns of a patient file and how their values are said here.</summary>
public static class PatientImportColumns
{
    /// <summary>Ids of the files are known under this name, so that a later second source does not meet them.</summary>
    public const string SourceSystem = "import";

    public static IReadOnlyList<ImportField> All { get; } =
    [
        new("source_id", "ID in the old system", true, ["id", "patientid", "patient id", "mrn"], "3edac2e3-d223", SourceId: true),
        .. PatientField.Texts.Select(f => new ImportField(f.Column, f.Label, f.Declared.Required, f.Declared.Headings, f.Declared.Example)),
    ];

    /// <summary>The column that a field of the form came from.</summary>
    public static string Column(string field) => field is "source_id" ? field : Names.Snake(field);

    /// <summary>The row as a person would have typed it.</summary>
    public static (PatientForm Form, IReadOnlyList<FieldError> Errors) Read(ImportRow row)
    {
        var form = new PatientForm();
        foreach (var field in PatientField.Texts)
        {
            field[form] = row[field.Column];
        }

        form.Sex = Sex(form.Sex);
        form.Marital = Marital(form.Marital);
        form.Race = Race(form.Race);
        form.Ethnicity = Ethnicity(form.Ethnicity);
        return (form, []);
    }

    /// <summary>The cells that say something, as the patient read from them keeps and shows them: 1948-01-05 is 01/05/1948, a whole SSN its last four.</summary>
    public static PatientForm AsKept(PatientForm file, Patient read)
    {
        var shown = PatientForm.Of(read, []);
        (shown.DriversLicense, shown.Passport) = (Reading.Clean(file.DriversLicense), Reading.Clean(file.Passport));
        var kept = new PatientForm();
        foreach (var field in PatientField.Texts)
        {
            field[kept] = field[file] is null ? null : field[shown];
        }

        return kept;
    }

    /// <summary>What the file says over what is here; a blank cell says nothing and takes nothing away.</summary>
    public static PatientForm Over(PatientForm here, PatientForm file)
    {
        var merged = new PatientForm { Version = here.Version, Restricted = here.Restricted };
        foreach (var field in PatientField.Texts)
        {
            field[merged] = field[file] ?? field[here];
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
