namespace Modular.Billing.Eligibility;

/// <summary>A 271 that was taken; the same bytes are never taken twice.</summary>
public sealed class TakenFile
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required string Sha256 { get; init; }
    public required string Name { get; init; }
    public DateTimeOffset TakenAt { get; init; }
    public required string TakenBy { get; init; }

    /// <summary>Patients it answers for.</summary>
    public int Answers { get; set; }

    /// <summary>Patients that nobody here asked for.</summary>
    public int Unknown { get; set; }
}
