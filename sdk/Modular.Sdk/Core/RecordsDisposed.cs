namespace Modular.Sdk.Core;

/// <summary>
/// Records were disposed of because their time was over: their rows are gone in the transaction that tells of it. A module takes away what it
/// keeps of them elsewhere.
/// </summary>
/// <param name="Kind">As declared: <c>patients.patient</c>.</param>
/// <param name="RunId">The disposal run, whose certificate names all of them.</param>
[Message("core.records-disposed.v1")]
public sealed record RecordsDisposed(Guid RunId, string Kind, IReadOnlyList<Guid> Records);
