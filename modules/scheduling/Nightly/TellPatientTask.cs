using Modular.Scheduling.Appointments;
using Modular.Sdk;

namespace Modular.Scheduling.Nightly;

/// <summary>A visit was moved or canceled while the patient was not on the phone: somebody has to call.</summary>
public static class TellPatientTask
{
    public static TaskEntry? Of(Visit visit) => !visit.TellPatient ? null : new(
        visit.Status == VisitStatus.Canceled
            ? $"Tell {visit.PatientName} that {visit.Local:MMM d} is canceled"
            : $"Tell {visit.PatientName} of the new time: {visit.Local:ddd, MMM d}, {Said.Time(TimeOnly.FromDateTime(visit.Local.DateTime))}",
        $"/scheduling/appointments/{visit.Id}",
        SchedulingPermissions.Book,
        Due: visit.StartsAt.AddDays(-1),
        Role: Roles.FrontDesk,
        LocationId: visit.LocationId,
        PatientId: visit.PatientId);
}
