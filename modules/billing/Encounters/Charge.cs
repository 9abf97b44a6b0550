namespace Modular.Billing.Encounters;

/// <summary>An entry of the ledger of charges. It is never changed: a correction reverses it and posts another.</summary>
public sealed class Charge
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid EncounterId { get; init; }
    public Guid LineId { get; init; }

    /// <summary>charge, or reversal of one.</summary>
    public required string Kind { get; init; }
    public Guid? ReversesId { get; init; }
    public DateTimeOffset PostedAt { get; init; }
    public required string PostedBy { get; init; }
    public DateOnly ServiceOn { get; init; }
    public required string Code { get; init; }
    public string[] Modifiers { get; init; } = [];

    /// <summary>Codes, the most important first.</summary>
    public string[] Diagnoses { get; init; } = [];

    /// <summary>Negative in a reversal, as is the amount.</summary>
    public decimal Units { get; init; }
    public decimal Amount { get; init; }
    public Guid RenderingId { get; init; }
    public Guid LocationId { get; init; }
    public Guid EntityId { get; init; }
    public Guid? CostCentreId { get; init; }

    public Charge Reversed(DateTimeOffset now, string by) => new()
    {
        EncounterId = EncounterId, LineId = LineId, Kind = "reversal", ReversesId = Id, PostedAt = now, PostedBy = by, ServiceOn = ServiceOn,
        Code = Code,
        Modifiers = Modifiers, Diagnoses = Diagnoses, Units = -Units, Amount = -Amount, RenderingId = RenderingId, LocationId = LocationId,
        EntityId = EntityId, CostCentreId = CostCentreId,
    };

    /// <summary>Says the same as another, whenever and by whom it was posted.</summary>
    public bool Says(Charge other) =>
        (LineId, ServiceOn, Code, Units, Amount, RenderingId, LocationId, EntityId, CostCentreId)
        == (other.LineId, other.ServiceOn, other.Code, other.Units, other.Amount, other.RenderingId, other.LocationId, other.EntityId,
            other.CostCentreId)
        && Modifiers.SequenceEqual(other.Modifiers) && Diagnoses.SequenceEqual(other.Diagnoses);
}
