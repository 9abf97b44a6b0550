using Microsoft.EntityFrameworkCore;

namespace Modular.Sdk;

/// <summary>A page was about to name a patient whose chart is shut. The host turns it into the question why, or a refusal.</summary>
public sealed class PatientShutException(Guid patientId) : Exception("The chart is restricted, and whoever asks has not said why.")
{
    public Guid PatientId { get; } = patientId;
}
