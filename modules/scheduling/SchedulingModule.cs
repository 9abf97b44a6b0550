using Modular.Sdk;

namespace Modular.Scheduling;

/// <summary>The index of the module.</summary>
public sealed class SchedulingModule : IModule
{
    public void Configure(ModuleBuilder module) => module
        .Permission("scheduling.visit.read", "See the schedule", Roles.Clinic)
        .Permission("scheduling.visit.book", "Book and cancel visits", Roles.FrontDesk, Roles.Nurse, Roles.Manager);
}
