namespace Modular.Sdk.Core;

/// <summary>Days on which a location or the whole practice is closed were added, or taken back.</summary>
/// <param name="LocationId">Null closes the practice.</param>
/// <param name="ToDate">Last day, inclusive.</param>
/// <param name="Active">False when the closure was taken back: it is open then after all.</param>
[Message("core.closure-changed.v1")]
public sealed record ClosureChanged(Guid ClosureId, int Version, Guid? LocationId, DateOnly FromDate, DateOnly ToDate, string Reason, bool Active);
