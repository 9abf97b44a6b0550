namespace Modular.Billing.Fees;

/// <summary>What one service costs within a schedule.</summary>
public sealed class Fee
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid ScheduleId { get; init; }
    public required string Code { get; init; }

    /// <summary>Empty: without a modifier.</summary>
    public string Modifier { get; init; } = "";

    /// <summary>The price where a hospital or other facility pays for room and staff, as Medicare tells them apart.</summary>
    public bool Facility { get; init; }

    /// <summary>US dollars per unit.</summary>
    public decimal Amount { get; set; }
}
