namespace Modular.Sdk.Core;

/// <summary>A place of the practice was added or changed.</summary>
/// <param name="Zone">IANA zone.</param>
[Message("core.location-changed.v1")]
public sealed record LocationChanged(Guid LocationId, int Version, string Name, string Zone, bool Active)
{
    /// <summary>The legal entity in whose name it works; null only in a message of before there were any.</summary>
    public Guid? EntityId { get; init; }

    /// <summary>Street and number; null when the practice has not given it, as each part of the address may be.</summary>
    public string? Address { get; init; }
    public string? City { get; init; }

    /// <summary>Two letters: <c>OH</c>.</summary>
    public string? State { get; init; }

    /// <summary>Five or nine digits, without hyphen: <c>440010120</c>.</summary>
    public string? Zip { get; init; }
}
