namespace Modular.Sdk;

/// <summary>Pages through what a module owns, as the message that tells of it.</summary>
public interface ISnapshot<TMessage> where TMessage : class
{
    /// <param name="after">The last key of the page before; null for the first.</param>
    /// <param name="from">The day that the practice chose: what is older, as the declaration says it, is left out. Null for everything.</param>
    Task<IReadOnlyList<SnapshotRow<TMessage>>> PageAsync(Guid? after, DateOnly? from, int take, CancellationToken ct);
}

public sealed record SnapshotRow<TMessage>(Guid Key, TMessage Message);
