namespace Modular.Sdk.Core;

/// <summary>The weekly opening hours of a location, all of them. A location that gives none leaves its hours to those who work there.</summary>
/// <param name="Version">The location's.</param>
[Message("core.location-hours-changed.v1")]
public sealed record LocationHoursChanged(Guid LocationId, int Version, IReadOnlyList<OpenHours> Week);

/// <summary>One stretch of a location's week, wall time.</summary>
/// <param name="Weekday">0 is Sunday.</param>
public sealed record OpenHours(int Weekday, TimeOnly Opens, TimeOnly Closes);
