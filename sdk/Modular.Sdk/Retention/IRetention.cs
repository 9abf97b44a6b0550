namespace Modular.Sdk;

/// <summary>How long one record is kept, and what holds it. Records are held and disposed of at the host's pages alone.</summary>
public interface IRetention
{
    /// <summary>The standing of a record; null for a kind that no module declares with a time, and for a row that is not there.</summary>
    /// <example><code>var standing = await retention.OfAsync(Incident.Kept, incident.Id, ct);</code></example>
    Task<RetentionStanding?> OfAsync(RetentionClass kind, Guid record, CancellationToken ct = default);
}

/// <param name="StartsOn">The start event; null while it has not happened.</param>
/// <param name="KeptUntil">The last day; null while the start event has not happened.</param>
/// <param name="Holds">Why nothing may be disposed of, a sentence each.</param>
public sealed record RetentionStanding(string Label, DateOnly? StartsOn, DateOnly? KeptUntil, IReadOnlyList<string> Holds);
