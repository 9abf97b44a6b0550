using Modular.Sdk;

namespace Modular.Billing.Fees;

/// <summary>What services cost in a time: charged by the practice, allowed by a payer's contract, or allowed by Medicare.</summary>
public sealed class FeeSchedule : IVersioned
{
    public const string Charge = "charge", Contract = "contract", Medicare = "medicare";

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; } = 1;
    public required string Name { get; set; }

    /// <summary>One of <see cref="Kinds"/>.</summary>
    public required string Kind { get; set; }

    /// <summary>Whose contract; null for the other kinds.</summary>
    public Guid? PayerId { get; set; }

    /// <summary>The entity in whose name it is charged; null for all.</summary>
    public Guid? EntityId { get; set; }
    public DateOnly ValidFrom { get; set; }

    /// <summary>The last day.</summary>
    public DateOnly? ValidTo { get; set; }

    public static IReadOnlyDictionary<string, string> Kinds { get; } = new Dictionary<string, string>
    {
        [Charge] = "What we charge", [Contract] = "What a payer's contract allows", [Medicare] = "What Medicare allows",
    };

    public static IReadOnlyList<HistoryField> History { get; } =
    [
        new("name", "Name"), new("kind", "Kind", v => Kinds.GetValueOrDefault(v, v)), new("valid_from", "Valid from"), new("valid_to", "Last day"),
    ];
}
