namespace Modular.Sdk.Core;

/// <summary>A place of the practice was added or changed.</summary>
/// <param name="Zone">IANA zone.</param>
[Message("core.location-changed.v1")]
public sealed record LocationChanged(Guid LocationId, int Version, string Name, string Zone, bool Active)
{
    /// <summary>Street and number; null when the practice has not given it, as each part of the address may be.</summary>
    public string? Address { get; init; }
    public string? City { get; init; }

    /// <summary>Two letters: <c>OH</c>.</summary>
    public string? State { get; init; }

    /// <summary>Five or nine digits, without hyphen: <c>440010120</c>.</summary>
    public string? Zip { get; init; }
}

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

/// <summary>Somebody who signs in was added or changed, or may no longer sign in. What they may do is the gate's business and not told.</summary>
/// <param name="StaffMemberId">Who they are among those who work here; null for an outside bookkeeper.</param>
[Message("core.person-changed.v1")]
public sealed record PersonChanged(Guid PersonId, int Version, string Name, Guid? StaffMemberId, bool Active);

/// <summary>The weekly opening hours of a location, all of them. A location that gives none leaves its hours to those who work there.</summary>
/// <param name="Version">The location's.</param>
[Message("core.location-hours-changed.v1")]
public sealed record LocationHoursChanged(Guid LocationId, int Version, IReadOnlyList<OpenHours> Week);

/// <summary>One stretch of a location's week, wall time.</summary>
/// <param name="Weekday">0 is Sunday.</param>
public sealed record OpenHours(int Weekday, TimeOnly Opens, TimeOnly Closes);

/// <summary>Days on which a location or the whole practice is closed were added, or taken back.</summary>
/// <param name="LocationId">Null closes the practice.</param>
/// <param name="ToDate">Last day, inclusive.</param>
/// <param name="Active">False when the closure was taken back: it is open then after all.</param>
[Message("core.closure-changed.v1")]
public sealed record ClosureChanged(Guid ClosureId, int Version, Guid? LocationId, DateOnly FromDate, DateOnly ToDate, string Reason, bool Active);
