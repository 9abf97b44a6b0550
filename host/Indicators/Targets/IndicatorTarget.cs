using Modular.Sdk;

namespace Modular.Host.Indicators.Targets;

/// <summary>What an indicator is to reach or not to pass.</summary>
public sealed class IndicatorTarget : IVersioned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public string Indicator { get; set; } = "";

    /// <summary>Null for the practice, and for each place without one of its own.</summary>
    public Guid? LocationId { get; set; }

    /// <summary>In the unit that is kept: 0.05 is 5%. Of a sum for one of its periods.</summary>
    public decimal Value { get; set; }
}
