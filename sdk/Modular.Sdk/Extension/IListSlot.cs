namespace Modular.Sdk;

/// <summary>Answers for all rows of another module's list in one call.</summary>
public interface IListSlot
{
    Task<IReadOnlyDictionary<Guid, IReadOnlyList<Mark>>> LoadAsync(string slot, IReadOnlyCollection<Guid> ids, CancellationToken ct);
}

/// <summary>A small tag beside a row.</summary>
/// <param name="Tone">One of ok, warn, bad, info, or empty.</param>
public sealed record Mark(string Text, string Tone = "", string? Icon = null, string? Title = null);
