namespace Modular.Sdk;

/// <summary>What was changed, by whom: for the person whose save came later. Every save of a module's entities is in it.</summary>
public interface IChangeLog
{
    /// <param name="rowId">Id of the row, as of <see cref="IVersioned.Id"/>.</param>
    /// <returns>The last change; null when nobody changed the row, or so long ago that the log of that month is gone.</returns>
    Task<LastChange?> LastAsync(Guid rowId, CancellationToken ct = default);
}

/// <param name="PersonId">Null when a module did it on its own.</param>
/// <param name="Who">As the log names them.</param>
public sealed record LastChange(Guid? PersonId, string Who, DateTimeOffset At);
