namespace Modular.Sdk.Core;

/// <summary>
/// Somebody decided a request, or who asked took it back. The module whose kind it is carries it out when it was approved; it may find that
/// the matter has changed since, and then does nothing.
/// </summary>
/// <param name="Kind">As declared: <c>patients.merge</c>.</param>
/// <param name="Key">As asked.</param>
/// <param name="Approved">False when it was rejected or taken back.</param>
/// <param name="Reason">Why it was asked for.</param>
/// <param name="Note">What was said with the decision.</param>
[Message("core.approval-decided.v1")]
public sealed record ApprovalDecided(
    Guid ApprovalId, string Kind, string Key, bool Approved, string Reason, decimal? Amount, Guid AskedById, string AskedBy, Guid DecidedById,
    string DecidedBy, DateTimeOffset DecidedAt, string? Note);
