namespace Modular.Sdk;

/// <summary>The days that are kept of a module's indicators.</summary>
public interface IIndicators
{
    /// <summary>
    /// Keeps days as they are given, with the current write: figures of the years before, brought from the old system, or a demo's. They replace
    /// what was kept of these days of these indicators; a fill of the past over the same days replaces them in turn.
    /// </summary>
    /// <param name="indicators">Those that the days are of: one without anything added was nothing on these days.</param>
    /// <example><code>
    /// var days = new IndicatorDays(from, to, location);
    /// days.Add(VisitIndicators.NoShows, day, value: 3, of: 61);
    /// await indicators.KeepAsync([VisitIndicators.NoShows], days, ct);
    /// </code></example>
    Task KeepAsync(IReadOnlyList<Indicator> indicators, IndicatorDays days, CancellationToken ct = default);
}
