using Modular.Sdk;

namespace Modular.Host.Indicators;

/// <summary>Count the next month of the past. The message is the place it came to: a step publishes the next one in its own transaction.</summary>
/// <param name="From">First day that is counted; null before it has begun, for the first of which there is anything.</param>
/// <param name="To">Last day, the day on which it began.</param>
/// <param name="Work">In the progress that people watch; null before it has begun.</param>
/// <param name="Done">Months of places that are counted.</param>
[Message("core.fill-indicators.v1", OneHandler = true)]
public sealed record FillIndicators(string Module, DateOnly? From, DateOnly To = default, Guid? Work = null, int Done = 0);

public sealed class FillIndicatorsHandler(IndicatorFill fill)
{
    public Task<OutgoingMessage?> HandleAsync(FillIndicators step, CancellationToken ct) => fill.StepAsync(step, ct);
}
