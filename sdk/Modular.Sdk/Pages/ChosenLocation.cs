namespace Modular.Sdk;

/// <summary>
/// Where the person works now: the location chosen in the top bar, remembered. Inject it as the default of a filter;
/// what may be seen is the <see cref="DataScope"/>'s business.
/// </summary>
/// <param name="Location">Null when the practice has no location the person works at.</param>
/// <param name="Choices">Active locations the person may choose from.</param>
public sealed record ChosenLocation(Location? Location, IReadOnlyList<Location> Choices);
