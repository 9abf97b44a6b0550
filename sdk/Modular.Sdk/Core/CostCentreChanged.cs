namespace Modular.Sdk.Core;

/// <summary>A cost center of the practice was added or changed.</summary>
/// <param name="Code">As it stands in journals, up to 20 letters; no two are the same.</param>
/// <param name="EntityId">The legal entity that uses it; null for all of them.</param>
/// <param name="Active">False when nothing new is to be booked to it.</param>
[Message("core.cost-centre-changed.v1")]
public sealed record CostCentreChanged(Guid CostCentreId, int Version, string Code, string Name, Guid? EntityId, bool Active);
