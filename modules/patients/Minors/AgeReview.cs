using Modular.Patients.Charts;
using Modular.Sdk;

namespace Modular.Patients.Minors;

/// <summary>A birthday that changes who decides for a patient: somebody has to ask the patient and the parents.</summary>
public sealed class AgeReview : IVersioned, IOfPatient
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public Guid PatientId { get; init; }
    public int Age { get; init; }
    public DateOnly ReachedOn { get; init; }

    /// <summary>The patient's name when it was asked, for the task.</summary>
    public string Patient { get; init; } = "";

    /// <summary>Came of age: the parents' say ends.</summary>
    public bool Adult { get; init; }
    public DateTimeOffset? DoneAt { get; set; }
    public string? DoneBy { get; set; }
    public string? Outcome { get; set; }

    Guid? IOfPatient.PatientId => PatientId;

    public static TaskEntry? Task(AgeReview review) => review.DoneAt is not null ? null : new(
        review.Adult
            ? $"{review.Patient} is {review.Age} now: end the parents' say, ask for own contacts and signatures"
            : $"{review.Patient} is {review.Age} now: review what the parents may see",
        $"/patients/minors/{review.PatientId}/{review.Id}",
        PatientsPermissions.Edit,
        Role: Roles.FrontDesk,
        PatientId: review.PatientId);

    /// <summary>The patient's birthday of that age. Born on February 29: March 1 of other years.</summary>
    public static DateOnly Birthday(DateOnly born, int age) =>
        born is { Month: 2, Day: 29 } && !DateTime.IsLeapYear(born.Year + age) ? new(born.Year + age, 3, 1) : born.AddYears(age);
}
