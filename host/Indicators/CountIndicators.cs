using Modular.Sdk;

namespace Modular.Host.Indicators;

/// <summary>Count days of a source at a place anew. Sent twice it counts the same twice and keeps it once.</summary>
/// <param name="Location">Null for a source that counts the practice as a whole.</param>
[Message("core.count-indicators.v1", OneHandler = true)]
public sealed record CountIndicators(string Source, Guid? Location, DateOnly From, DateOnly To);

public sealed class CountIndicatorsHandler(IndicatorCounter counter)
{
    public Task HandleAsync(CountIndicators message, CancellationToken ct) =>
        counter.CountAsync(message.Source, message.Location, message.From, message.To, ct);
}
