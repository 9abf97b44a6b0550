using Modular.Patients.Charts;
using Modular.Sdk;

namespace Modular.Patients.Registrations;

/// <summary>The driver's license and passport of a form, kept as numbers that others gave.</summary>
public static class ExternalIds
{
    private const int Longest = 60;

    private static (string Kind, string Field, string? Value)[] Typed(PatientForm form) =>
    [
        (ExternalId.DriversLicense, nameof(form.DriversLicense), Reading.Clean(form.DriversLicense)),
        (ExternalId.Passport, nameof(form.Passport), Reading.Clean(form.Passport)),
    ];

    public static void Show(PatientForm form, IReadOnlyList<ExternalId> ids) =>
        (form.DriversLicense, form.Passport) = (Number(ids, ExternalId.DriversLicense), Number(ids, ExternalId.Passport));

    private static string? Number(IReadOnlyList<ExternalId> ids, string kind) => ids.FirstOrDefault(id => id.Kind == kind)?.Value;

    public static IReadOnlyList<FieldError> Faults(PatientForm form) =>
        [.. Typed(form).Where(t => t.Value?.Length > Longest).Select(t => new FieldError(t.Field, $"At most {Longest} letters and digits fit."))];

    /// <summary>The numbers of a new patient.</summary>
    public static IEnumerable<ExternalId> Of(PatientForm form, Guid patientId) =>
        Typed(form).Where(t => t.Value is not null).Select(t => new ExternalId { PatientId = patientId, Kind = t.Kind, Value = t.Value! });

    /// <param name="kept">The patient's present numbers, tracked by <paramref name="db"/>.</param>
    /// <returns>Why nothing was changed, if so.</returns>
    public static IReadOnlyList<FieldError> Apply(PatientForm form, Guid patientId, IReadOnlyList<ExternalId> kept, PatientsDb db)
    {
        if (Faults(form) is { Count: > 0 } faults)
        {
            return faults;
        }

        var typed = Of(form, patientId).ToDictionary(n => n.Kind);
        foreach (var (kind, _, _) in Typed(form))
        {
            var present = kept.FirstOrDefault(id => id.Kind == kind);
            switch (present, typed.GetValueOrDefault(kind))
            {
                case (null, { } added):
                    db.Add(added);
                    break;
                case ({ }, null):
                    db.Remove(present);
                    break;
                case ({ }, { } changed):
                    present.Value = changed.Value;
                    break;
            }
        }

        return [];
    }
}
