using Modular.Sdk;

namespace Modular.Patients.Retention;

/// <summary>
/// How long a patient's record is kept: state law and payers differ, so the years are the practice's settings and the longest rule wins. It is
/// counted from the last sign of the patient in any module; a minor's runs from the age of majority.
/// </summary>
public static class PatientRetention
{
    public const string WithThePatient = "With the record of the patient";

    private const string Seen = "coalesce(s.last_seen, r.registered_at::date)";

    // Born on February 29, of age on March 1 where there is no such day.
    private const string Adult = """
        (r.birth_date + case when to_char(r.birth_date, 'MMDD') = '0229' then 1 else 0 end
            + make_interval(years => core.setting_number('patients', 'adultAge', 18)))
        """;

    public static readonly RetentionClass Class =
        new("patients.patient", "Records of patients", "patients", 10, "42 CFR 422.504(d); state law", new(2026, 11, 30))
        {
            Begins = "Last sign of the patient in any module",
            Starts = Seen,
            Until = $"""
                greatest({Seen} + make_interval(years => core.setting_number('patients', 'keepYears', 10)),
                    case when {Seen} < {Adult} then {Adult} + make_interval(years => core.setting_number('patients', 'keepMinorsYears', 7)) end)
                """,
            Label = "r.record_number", Patient = "r.id", Where = "r.merged_into is null", WholePatient = true,
            Join = "left join core.patients_last_seen() s on s.patient_id = r.id",
            JoinOfFew = "cross join lateral (select core.patient_last_seen(r.id) as last_seen) s",
        };
}
