using Microsoft.Extensions.DependencyInjection;
using Modular.Scheduling.Appointments;
using Modular.Scheduling.Board;
using Modular.Scheduling.Cases;
using Modular.Scheduling.Days;
using Modular.Scheduling.Demo;
using Modular.Scheduling.Indicators;
using Modular.Scheduling.Messages;
using Modular.Scheduling.Nightly;
using Modular.Scheduling.NoShows;
using Modular.Scheduling.FreeTime;
using Modular.Scheduling.Panels;
using Modular.Scheduling.Prints;
using Modular.Scheduling.Reactions;
using Modular.Scheduling.Recalls;
using Modular.Scheduling.Series;
using Modular.Sdk;

namespace Modular.Scheduling;

/// <summary>The index of the module.</summary>
public sealed class SchedulingModule : IModule
{
    public const string DayTopic = "scheduling.day";

    /// <summary>A day of a provider or of a location.</summary>
    public static string DayKey(Guid of, DateOnly day) => $"{of:N}-{day:yyyyMMdd}";

    public void Configure(ModuleBuilder module)
    {
        module.Database<SchedulingDb>()
            .Projection(Known.Patients).Projection(Known.Providers).Projection(Known.Rooms).Projection(Known.Cases).Projection(Known.Closures)
            .Permission(SchedulingPermissions.Read, "See the schedule", Roles.Clinic)
            .Permission(SchedulingPermissions.Book, "Book and cancel visits", Roles.FrontDesk, Roles.Nurse, Roles.Manager)
            .Permission(SchedulingPermissions.CheckIn, "Check patients in and out", Roles.FrontDesk, Roles.Nurse, Roles.Manager)
            .Permission(SchedulingPermissions.Overbook, "Book over another visit or outside hours, with a reason", Roles.FrontDesk, Roles.Manager)
            .Permission(SchedulingPermissions.Export, "Export lists of visits", Roles.Manager)
            .Permission(SchedulingPermissions.Setup, "Change appointment types, hours and closures", Roles.Manager)
            .Navigation("Schedule", "/scheduling/days", "calendar", SchedulingPermissions.Read, 10)
            .Navigation("Day board", "/scheduling/board", "board", SchedulingPermissions.Read, 12)
            .Navigation("Flow board", "/scheduling/flow", "flow", SchedulingPermissions.CheckIn, 14)
            .Navigation("No-shows", "/scheduling/no-shows", "user", SchedulingPermissions.Book, 16)
            .Navigation("Recalls", "/scheduling/recalls", "refresh", SchedulingPermissions.Book, 18)
            .Navigation("Scheduling setup", "/scheduling/types", "clock", SchedulingPermissions.Setup, 800)
            .PatientSlot("scheduling.visit").PatientSlot("scheduling.book").PatientSlot("scheduling.check-in").PatientSlot("scheduling.check-out")
            .PatientSlot("patients.face-sheet")
            .Slot<PatientVisits>("patients.chart", SchedulingPermissions.Read, 20)
            .ListSlot<NextVisitMarks>("patient.marks", SchedulingPermissions.Read)
            .Widget<TodayWidget>("Today", SchedulingPermissions.Read, 10)
            .Widget<Utilization>("Booked share of provider hours", SchedulingPermissions.Read, 30, Roles.Manager)
            .Widget<NextArrivals>("Next arrivals", SchedulingPermissions.CheckIn, 20)
            .Search<Visit>("visit", Found)
            .Tasks<Visit>("left-open", MarkOpenVisitsHandler.Task)
            .Tasks<Visit>("tell-patient", TellPatientTask.Of)
            .Settings<SchedulingSettings>("Scheduling")
            .Job<MarkOpenVisits>("scheduling.left-open", "Find visits that were left open", "0 30 0 * * ?")
            .Snapshot<AppointmentBooked, VisitSnapshot>("Visits on that day or later")
            .Topic(DayTopic, SchedulingPermissions.Read)
            .Letter<AppointmentCards>(AppointmentCard.Kind, SchedulingPermissions.Read)
            .Letter<WorkNotes>(NoteForWork.Kind, SchedulingPermissions.Read)
            .Letter<NoShowLetters>(NoShowLetters.Kind, SchedulingPermissions.Read)
            .Letter<RecallLetters>(RecallLetters.Kind, SchedulingPermissions.Read)
            .Kept("scheduling.visit", "Visits", "With the record of the patient")
            .Indicators<VisitIndicators>(VisitIndicators.Utilization, VisitIndicators.NoShows, VisitIndicators.Waits)
            .Recounts<VisitIndicators, Visit>(v => [new(v.LocationId, v.Day)])
            .Demo<SchedulingDemo>(order: 200);
        module.Services.AddScoped<ScheduleReader>();
        module.Services.AddSingleton<DayCache>();
        module.Services.AddScoped<DayReader>();
        module.Services.AddScoped<PatientLookup>();
        module.Services.AddScoped<LettersToPatients>();
        module.Services.AddScoped<VisitCases>();
        module.Services.AddScoped<BoardReader>();
        module.Services.AddScoped<BookingRules>();
        module.Services.AddScoped<Booking>();
        module.Services.AddScoped<Moving>();
        module.Services.AddScoped<VisitDesk>();
        module.Services.AddScoped<SeriesPlan>();
        module.Services.AddScoped<DemoSeries>();
        module.Services.AddScoped<SeriesBook>();
    }

    /// <summary>Visits to come are found; what is over is in the patient's chart.</summary>
    private static SearchEntry? Found(Visit visit) => visit.Status is not (VisitStatus.Booked or VisitStatus.Arrived) ? null : new(
        $"{visit.PatientName} · {visit.Local:MMM d}, {Said.Time(visit.Local)}",
        $"{visit.TypeName} with {visit.ProviderName}",
        $"/scheduling/appointments/{visit.Id}",
        SchedulingPermissions.Read,
        LocationId: visit.LocationId,
        PatientId: visit.PatientId);
}
