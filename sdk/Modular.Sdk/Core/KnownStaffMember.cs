namespace Modular.Sdk.Core;

/// <summary>Somebody who works here, or sees patients here, for a module that keeps its own.</summary>
[NotLogged]
public class KnownStaffMember : IProjected
{
    public Guid Id { get; init; }
    public int Version { get; init; }

    /// <summary>As patients read it: "Nora Quist, NP".</summary>
    public required string Name { get; init; }

    /// <summary>Ten digits, or null.</summary>
    public string? Npi { get; init; }

    /// <summary>Works here; of <see cref="Providers"/>, sees patients here.</summary>
    public bool Active { get; init; }

    /// <summary>Keeps everybody who works here.</summary>
    public static Projection<StaffMemberChanged, KnownStaffMember> Everybody() => new(staff => Of(staff, staff.Active));

    /// <summary>Keeps those who see patients. Who no longer does stays, inactive: what they did stays theirs.</summary>
    public static Projection<StaffMemberChanged, KnownStaffMember> Providers() => new Projection<StaffMemberChanged, KnownStaffMember>(staff => Of(staff, staff is { IsProvider: true, Active: true })).Where(staff => staff.IsProvider);

    private static KnownStaffMember Of(StaffMemberChanged staff, bool active) =>
        new() { Id = staff.StaffMemberId, Version = staff.Version, Name = staff.DisplayName, Npi = staff.Npi, Active = active };
}
