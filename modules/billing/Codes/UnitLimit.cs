namespace Modular.Billing.Codes;

/// <summary>How many units of a code one patient can have from one provider on one day (medically unlikely edit).</summary>
public sealed class UnitLimit
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required string Code { get; init; }
    public int Units { get; init; }

    /// <summary>1: judged line by line; 2: by the day, set by policy; 3: by the day, from clinical experience.</summary>
    public required string Adjudication { get; init; }
    public required string Rationale { get; init; }
    public DateOnly ValidFrom { get; init; }

    /// <summary>The last day.</summary>
    public DateOnly? ValidTo { get; init; }
}
