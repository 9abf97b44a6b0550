namespace Modular.Sdk.Core;

/// <summary>Somebody who signs in was added or changed, or may no longer sign in. What they may do is the gate's business and not told.</summary>
/// <param name="StaffMemberId">Who they are among those who work here; null for an outside bookkeeper.</param>
[Message("core.person-changed.v1")]
public sealed record PersonChanged(Guid PersonId, int Version, string Name, Guid? StaffMemberId, bool Active);
