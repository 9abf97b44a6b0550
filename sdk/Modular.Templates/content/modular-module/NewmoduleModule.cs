using Modular.Newmodule.Demo;
using Modular.Newmodule.Reactions;
using Modular.Newmodule.Requests;
using Modular.Sdk;

namespace Modular.Newmodule;

/// <summary>The index of the module: all that it adds to a practice.</summary>
public sealed class NewmoduleModule : IModule
{
    public const string Read = "newmodule.request.read";
    public const string Edit = "newmodule.request.edit";

    public void Configure(ModuleBuilder module) => module
        .Database<NewmoduleDb>().Projection(Known.Patients)
        .Permission(Read, "See requests", Roles.Clinic)
        .Permission(Edit, "Make requests and mark them done", Roles.FrontDesk, Roles.Nurse, Roles.Manager)
        .Navigation("Newmodule", "/newmodule", "file", Read, 60, count: """
            select count(*) from newmodule.requests
            where overdue and ($1 or location_id = any($2)) and ($3::uuid is null or location_id = $3)
            """)
        .Slot<PatientRequests>("patients.chart", Read, 40)
        .Widget<OpenRequests>("Newmodule", Read, 40, Roles.FrontDesk, Roles.Nurse)
        .Settings<NewmoduleSettings>("Newmodule")
        .Job<FindOverdue>("newmodule.overdue", "Find requests that are overdue", "0 15 6 * * ?")
        .Demo<DemoRequests>(order: 300);
}
