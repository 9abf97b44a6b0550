namespace Modular.Sdk;

/// <summary>What was changed, by whom: for the person whose save came later. Every save of a module's entities is in it.</summary>
public interface IChangeLog
{
    /// <param name="rowId">Id of the row, as of <see cref="IVersioned.Id"/>.</param>
    /// <returns>The last change; null when nobody changed the row, or so long ago that the log of that month is gone.</returns>
    Task<LastChange?> LastAsync(Guid rowId, CancellationToken ct = default);

    /// <summary>What happened to a row, the newest first; <c>change-history</c> shows it.</summary>
    /// <param name="skip">Changes already shown.</param>
    /// <param name="take">How many at most.</param>
    Task<IReadOnlyList<RowChange>> HistoryAsync(Guid rowId, int skip, int take, CancellationToken ct = default);
}

/// <param name="PersonId">Null when a module did it on its own.</param>
/// <param name="Who">As the log names them.</param>
public sealed record LastChange(Guid? PersonId, string Who, DateTimeOffset At);

/// <summary>One saved change of a row.</summary>
/// <param name="Who">As the log names them.</param>
/// <param name="What">added, changed or deleted.</param>
/// <param name="Values">By column of the table, before and after, as text; empty when the row is of a chart that is shut to whoever asks.</param>
public sealed record RowChange(
    DateTimeOffset At, Guid? PersonId, string Who, string What, IReadOnlyDictionary<string, (string Before, string After)> Values);
