using Modular.Sdk;

namespace Modular.Billing.Codes;

/// <summary>A code that somebody, or everybody here, finds first.</summary>
public sealed class Favorite : IVersioned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }

    /// <summary>Null: the practice's.</summary>
    public Guid? PersonId { get; init; }
    public required string System { get; init; }
    public required string Code { get; init; }
}
