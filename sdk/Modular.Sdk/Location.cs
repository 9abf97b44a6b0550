namespace Modular.Sdk;

/// <summary>A place of the practice. Owned by the host; modules keep the id.</summary>
/// <param name="Phone">Digits, as stored.</param>
/// <param name="Address">Street, city, state and ZIP code on one line.</param>
public sealed record Location(Guid Id, string Name, string Zone, bool Active = true, string? Phone = null, string? Address = null);
