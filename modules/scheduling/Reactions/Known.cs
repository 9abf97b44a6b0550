using Modular.Patients.Messages;
using Modular.Scheduling.Appointments;
using Modular.Sdk;
using Modular.Sdk.Core;

namespace Modular.Scheduling.Reactions;

/// <summary>What the schedule keeps of what others own.</summary>
public static class Known
{
    /// <summary>Hears <see cref="PatientChanged"/>, <see cref="PatientRemoved"/> and <see cref="PatientsMerged"/>.</summary>
    public static readonly Projection<PatientChanged, KnownPatient> Patients =
        KnownPatient.Projection().Copied<Visit>(v => v.PatientId, v => v.PatientName, p => p.Name);

    public static readonly Projection<StaffMemberChanged, KnownStaffMember> Providers =
        KnownStaffMember.Providers().Copied<Visit>(v => v.ProviderId, v => v.ProviderName, p => p.Name);

    public static readonly Projection<RoomChanged, KnownRoom> Rooms = KnownRoom.Projection();

    public static readonly Projection<CaseChanged, KnownCase> Cases = new Projection<CaseChanged, KnownCase>(c => new()
    {
        Id = c.CaseId,
        Version = c.Version,
        PatientId = c.PatientId,
        Kind = c.Kind,
        Title = c.Title,
        AccidentOn = c.AccidentOn,
        ClaimNumber = c.ClaimNumber,
        ClosedOn = c.ClosedOn,
    }).Once(c => c.PatientId).UsedBy<Visit>(v => v.CaseId).RemovedBy<PatientRemoved>(gone => gone.PatientId, c => c.PatientId);

    public static readonly Projection<ClosureChanged, KnownClosure> Closures = new(c => new()
    {
        Id = c.ClosureId,
        Version = c.Version,
        LocationId = c.LocationId,
        FromDate = c.FromDate,
        ToDate = c.ToDate,
        Reason = c.Reason,
        Active = c.Active,
    });
}

/// <summary>Days on which a place, or the whole practice, is closed.</summary>
[NotLogged]
public sealed class KnownClosure : IProjected
{
    public Guid Id { get; init; }
    public int Version { get; init; }

    /// <summary>Null closes the practice.</summary>
    public Guid? LocationId { get; init; }
    public DateOnly FromDate { get; init; }

    /// <summary>The last day.</summary>
    public DateOnly ToDate { get; init; }
    public required string Reason { get; init; }

    /// <summary>False when it was taken back.</summary>
    public bool Active { get; init; }
}
