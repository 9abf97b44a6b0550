using Modular.Sdk;

namespace Modular.Billing.Fees;

/// <summary>What one service costs within a schedule.</summary>
public sealed class Fee : IVersioned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; } = 1;
    public Guid ScheduleId { get; init; }
    public required string Code { get; set; }

    /// <summary>Empty: without a modifier.</summary>
    public string Modifier { get; set; } = "";

    /// <summary>The price where a hospital or other facility pays for room and staff, as Medicare tells them apart.</summary>
    public bool Facility { get; set; }

    /// <summary>US dollars per unit.</summary>
    public decimal Amount { get; set; }

    public static IReadOnlyList<HistoryField> History { get; } = [new("code", "Code"), new("modifier", "Modifier"), new("facility", "In a facility"),
        new("amount", "Amount")];
}
