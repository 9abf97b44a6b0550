using Modular.Patients.Charts;
using Modular.Patients.Search;
using Modular.Sdk;

namespace Modular.Patients.Registrations;

/// <summary>A page around the fields of a patient.</summary>
public interface IPatientFormPage
{
    PatientForm Form { get; }

    bool MayRestrict { get; }
}

/// <param name="Back">The form that waits for the new patient's id; null: none.</param>
/// <param name="Same">Patients of this name and birth date that exist already.</param>
public sealed record RegistrationPage(PatientForm Form, IReadOnlyList<Patient> Same, bool MayRestrict = false, string? Back = null) : IPatientFormPage
{
    /// <summary>What was typed to find the patient is not typed again: "garcia maria 010548" fills three fields.</summary>
    public static PatientForm From(string? searched, DateOnly today)
    {
        var query = PatientQuery.Parse(searched, today);
        var born = query.BirthDates.Count > 0 ? query.BirthDates[0] : query.Numbers.Select(n => n.BirthDate).FirstOrDefault(d => d is not null);
        return new()
        {
            LastName = Capital(query.Words.ElementAtOrDefault(0)),
            FirstName = Capital(query.Words.ElementAtOrDefault(1)),
            BirthDate = born is { } date ? Said.ShortDay(date) : null,
            MobilePhone = query.Numbers.Select(n => n.Text).FirstOrDefault(t => t.Length == 10) is { } phone ? TypedPhone.Show(phone) : null,
        };
    }

    private static string? Capital(string? word) => string.IsNullOrEmpty(word) ? word : char.ToUpperInvariant(word[0]) + word[1..];
}
