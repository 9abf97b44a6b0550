using Modular.Scheduling.Appointments;
using Modular.Sdk;

namespace Modular.Scheduling.Setup;

/// <summary>What a visit is for: how long, of which kind, with or without a room, and who may book it.</summary>
public sealed class AppointmentType : IVersioned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public required string Name { get; set; }
    public int Minutes { get; set; } = 20;

    /// <summary>The room is held this long before and after; the provider is not.</summary>
    public int PrepMinutes { get; set; }
    public int CleanUpMinutes { get; set; }

    /// <summary>Gives the color on every list; one of <see cref="Kinds"/>.</summary>
    public string Kind { get; set; } = "visit";
    public bool NeedsRoom { get; set; }

    /// <summary>One piece of equipment of this kind is held with the room's times.</summary>
    public string? EquipmentKind { get; set; }

    /// <summary>any, new or established: a patient seen here within the years of the settings is established.</summary>
    public string Patients { get; set; } = "any";

    /// <summary>A patient's open case of this kind is proposed when it is booked: workers-comp, auto, liability or other.</summary>
    public string? CaseKind { get; set; }

    /// <summary>By video: the patient comes to no place.</summary>
    public bool Telehealth { get; set; }

    /// <summary>How many other visits of the provider it may be booked over at any instant; null for no limit.</summary>
    public int? OverbookLimit { get; set; }

    /// <summary>Roles that may book it; empty for everybody who may book.</summary>
    public string[] BookedByRoles { get; set; } = [];

    /// <summary>What happens when the patient has another visit at the time: warn, refuse or allow.</summary>
    public string PatientOverlap { get; set; } = "warn";
    public bool Active { get; set; } = true;

    /// <summary>By the name the theme gives their colors.</summary>
    public static IReadOnlyDictionary<string, string> Kinds { get; } = new Dictionary<string, string>
    {
        ["visit"] = "Office visit", ["new"] = "New patient", ["well"] = "Wellness", ["proc"] = "Procedure", ["nurse"] = "Nurse visit", ["tele"] = "Video visit",
    };

    public static IReadOnlyDictionary<string, string> CaseKinds { get; } = new Dictionary<string, string>
    {
        ["workers-comp"] = "Workers' compensation", ["auto"] = "Auto accident", ["liability"] = "Other liability", ["other"] = "Other case",
    };

    /// <summary>The type as this visit was booked: its own length and its own hold.</summary>
    public AppointmentType As(Visit visit) => new()
    {
        Id = Id, Name = Name, Minutes = visit.Minutes, Kind = Kind, NeedsRoom = NeedsRoom || visit.RoomId is not null, EquipmentKind = EquipmentKind,
        PrepMinutes = (int)(visit.StartsAt - visit.HeldFrom).TotalMinutes, CleanUpMinutes = (int)(visit.HeldTo - visit.EndsAt).TotalMinutes,
        Patients = Patients, CaseKind = CaseKind, Telehealth = Telehealth, OverbookLimit = OverbookLimit, BookedByRoles = BookedByRoles, PatientOverlap = PatientOverlap,
    };

    public bool MayBeBookedBy(Actor actor) =>
        BookedByRoles.Length == 0 || actor.IsSystem || actor.Roles.Contains(Roles.Owner) || actor.Roles.Intersect(BookedByRoles).Any();
}
