using Modular.Patients.Charts;

namespace Modular.Patients.Registrations;

/// <summary>The driver's license and passport of a form, kept as numbers that others gave.</summary>
public static class ExternalIds
{
    /// <param name="kept">The patient's present numbers, tracked by <paramref name="db"/>.</param>
    public static IReadOnlyList<FieldError> Apply(PatientForm form, Guid patientId, IReadOnlyList<ExternalId> kept, PatientsDb db)
    {
        var errors = new List<FieldError>();
        Set(ExternalId.DriversLicense, nameof(form.DriversLicense), form.DriversLicense);
        Set(ExternalId.Passport, nameof(form.Passport), form.Passport);
        return errors;

        void Set(string kind, string field, string? typed)
        {
            var value = Reading.Clean(typed);
            if (value?.Length > 60)
            {
                errors.Add(new(field, "At most 60 letters and digits fit."));
                return;
            }

            var present = kept.FirstOrDefault(id => id.Kind == kind);
            if (present is not null && value is null)
            {
                db.Remove(present);
            }
            else if (present is not null && present.Value != value)
            {
                present.Value = value!;
            }
            else if (present is null && value is not null)
            {
                db.Add(new ExternalId { PatientId = patientId, Kind = kind, Value = value });
            }
        }
    }
}
