namespace Modular.Sdk;

/// <summary>
/// Counts a module's indicators from the module's rows. The host asks for today every hour, for the last month every night, for single days
/// that rows of the module touch (<see cref="ModuleBuilder.Recounts{TSource, TEntity}"/>), and for the past when the module is filled.
/// </summary>
/// <example><code>
/// public sealed class RegistrationCount(PatientsDb db) : IIndicatorSource
/// {
///     public async Task CountAsync(IndicatorDays days, CancellationToken ct) { … days.Add(Registrations, day, 1); }
///
///     public Task&lt;DateOnly?&gt; FirstDayAsync(CancellationToken ct) => …;
/// }
/// </code></example>
public interface IIndicatorSource
{
    /// <summary>
    /// Counts the days anew, all of the source's indicators together; up to a month at once. It reads the module's rows and nothing that was
    /// counted before. What it adds for a snapshot of a day that is over is left out, see <see cref="Indicator.CountsPast"/>.
    /// </summary>
    Task CountAsync(IndicatorDays days, CancellationToken ct);

    /// <summary>The first day of which there is anything to count, where the past is filled from; null when there is nothing yet.</summary>
    Task<DateOnly?> FirstDayAsync(CancellationToken ct);
}

/// <summary>Indicators that one source counts.</summary>
public sealed record IndicatorDeclaration(Type Source, IReadOnlyList<Indicator> Indicators);

/// <summary>Which days of a source a saved row touches.</summary>
public sealed record RecountDeclaration(Type Source, Type Entity, Func<object, IEnumerable<IndicatorDay>> Days);

/// <summary>A day of a place; of the whole practice without one.</summary>
public sealed record IndicatorDay(Guid? LocationId, DateOnly Day)
{
    /// <summary>For rows that know an instant and no zone: its day in the zone of the practice.</summary>
    public static IndicatorDay At(Guid? locationId, DateTimeOffset at) => new(locationId, DateOnly.FromDateTime(at.UtcDateTime)) { Instant = at };

    private DateTimeOffset? Instant { get; init; }

    /// <summary>The day, where the practice is in that zone.</summary>
    public DateOnly DayIn(string zone) => Instant is { } at ? DateOnly.FromDateTime(WallTime.At(at, zone).DateTime) : Day;
}
