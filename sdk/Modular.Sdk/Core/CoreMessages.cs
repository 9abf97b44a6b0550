namespace Modular.Sdk.Core;

/// <summary>A place of the practice was added or changed.</summary>
/// <param name="Zone">IANA zone.</param>
[Message("core.location-changed.v1")]
public sealed record LocationChanged(Guid LocationId, int Version, string Name, string Zone, bool Active);

/// <summary>A room of a location was added or changed.</summary>
[Message("core.room-changed.v1")]
public sealed record RoomChanged(Guid RoomId, int Version, Guid LocationId, string Name, bool Active);

/// <summary>Somebody who works here was added or changed; most of them also sign in, which is not told here.</summary>
/// <param name="DisplayName">As patients read it: "Dr. Vale", "Nora Quist, NP".</param>
/// <param name="Npi">Ten digits, or null.</param>
[Message("core.staff-member-changed.v1")]
public sealed record StaffMemberChanged(
    Guid StaffMemberId,
    int Version,
    string FirstName,
    string LastName,
    string Credentials,
    string DisplayName,
    string? Npi,
    bool IsProvider,
    bool Active);
