namespace Modular.Sdk;

/// <summary>The message's name on the wire, with its version: <c>scheduling.appointment-booked.v1</c>. Never renamed; a change of shape is a new version beside the old.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class MessageAttribute(string alias) : Attribute
{
    public string Alias { get; } = alias;

    /// <summary>True for a command or a query: a second handler anywhere is refused at start. An event has as many as want to hear it.</summary>
    public bool OneHandler { get; init; }

    /// <summary>The permission that a program must have to be told by a webhook; without one the message never leaves the practice.</summary>
    public string? Needs { get; init; }

    /// <summary>
    /// The field that names the location it is of, such as <c>Visit.LocationId</c>. A program that may see some locations only is told of what
    /// is of those, and of no message that names none.
    /// </summary>
    public string? Location { get; init; }

    /// <summary>
    /// The fields that name the patients whom it is about, such as <c>PatientId</c> or <c>Visit.PatientId</c> (inside a list too); empty when it
    /// is about none. Owed by a message with <see cref="Needs"/>: without it the module is not started. A message about a patient whose chart is
    /// restricted is sent to no program, and one that is sent stands in the patient's access log.
    /// </summary>
    /// <example><code>[Message("patients.patients-merged.v1", Needs = "patients.patient.read", Patients = [nameof(KeptId), nameof(GoneId)])]</code></example>
#pragma warning disable CA1819 // An attribute can hold nothing but an array.
    public string[]? Patients { get; init; }
#pragma warning restore CA1819
}
