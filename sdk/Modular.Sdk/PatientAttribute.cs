using Microsoft.EntityFrameworkCore;

namespace Modular.Sdk;

/// <summary>
/// Says that a parameter of an action is a patient's id. The host opens the patient before the action runs and writes the access log; a shut
/// chart leads a person to the question why, and answers 403 to a program. Without a value nothing is asked.
/// </summary>
/// <param name="what">What the page shows, as the access log says it: "chart".</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class PatientAttribute(string what) : Attribute
{
    public string What { get; } = what;
}
