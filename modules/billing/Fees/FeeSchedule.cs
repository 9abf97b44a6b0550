namespace Modular.Billing.Fees;

/// <summary>What services cost in a time: charged by the practice, allowed by a payer's contract, or allowed by Medicare.</summary>
public sealed class FeeSchedule
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; } = 1;
    public required string Name { get; set; }

    /// <summary>One of charge, contract, medicare.</summary>
    public required string Kind { get; init; }

    /// <summary>Whose contract; null for the other kinds.</summary>
    public Guid? PayerId { get; set; }

    /// <summary>The entity in whose name it is charged; null for all.</summary>
    public Guid? EntityId { get; set; }
    public DateOnly ValidFrom { get; set; }

    /// <summary>The last day.</summary>
    public DateOnly? ValidTo { get; set; }
}
