using Microsoft.Extensions.DependencyInjection;
using Modular.Scheduling.Appointments;
using Modular.Scheduling.Openings;
using Modular.Scheduling.Reactions;
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
            .Permission("scheduling.visit.read", "See the schedule", Roles.Clinic)
            .Permission("scheduling.visit.book", "Book and cancel visits", Roles.FrontDesk, Roles.Nurse, Roles.Manager)
            .Permission("scheduling.visit.check-in", "Check patients in and out", Roles.FrontDesk, Roles.Nurse, Roles.Manager)
            .Permission(Booking.OverbookPermission, "Book over another visit or outside hours, with a reason", Roles.FrontDesk, Roles.Manager)
            .Permission("scheduling.setup.manage", "Change appointment types, hours and closures", Roles.Manager)
            .Topic(DayTopic, "scheduling.visit.read")
            .Settings<SchedulingSettings>("Scheduling");
        module.Services.AddScoped<ScheduleReader>();
        module.Services.AddScoped<PatientLookup>();
        module.Services.AddScoped<Booking>();
    }
}
