using Modular.Sdk;

namespace Modular.Billing.Encounters;

/// <summary>The latest that was heard of a visit, so that messages may come late, twice and in any order.</summary>
[NotLogged]
public sealed class HeardVisit
{
    public Guid Id { get; init; }
    public int Version { get; set; }

    /// <summary>What the visit was is known too, not only that it was kept.</summary>
    public bool Completed { get; set; }
}
