using Modular.Sdk;

namespace Modular.Host.Retention;

/// <summary>Why something is not disposed of: records of a kind, one record, whatever is about a patient or a person.</summary>
public sealed class RetentionHold : IVersioned, IOfPatient
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }

    /// <summary>The lawsuit or audit; its holds are released together.</summary>
    public string Matter { get; set; } = "";

    public string Reason { get; set; } = "";
    public string? Kind { get; set; }
    public Guid? RecordId { get; set; }
    public Guid? PatientId { get; set; }
    public Guid? PersonId { get; set; }

    /// <summary>What is held, in words.</summary>
    public string About { get; set; } = "";

    public required string HeldBy { get; init; }
    public required DateTimeOffset HeldAt { get; init; }
    public DateTimeOffset? ReleasedAt { get; private set; }
    public string? ReleasedBy { get; private set; }
    public string? ReleasedWhy { get; private set; }

    public void Release(string by, string why, DateTimeOffset now) => (ReleasedAt, ReleasedBy, ReleasedWhy) = (now, by, why);
}
