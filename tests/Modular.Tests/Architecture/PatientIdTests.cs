using System.Reflection;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Installed;
using Modular.Sdk;
using Modular.Tests.Bus;
using Modular.Tests.Harness;

namespace Modular.Tests.Architecture;

/// <summary>
/// What is about a patient is known by the patient's id, not by a word in an address: a row by its column, an action by what its parameters
/// are the ids of. What is known so is asked for at the one door by the host.
/// </summary>
public sealed class PatientIdTests(SharedHost shared)
{
    /// <summary>Ids that actions take and that are no patient's, nor of a row about one.</summary>
    private static readonly string[] Others =
    [
        "location", "provider", "type", "room", "case",
    ];

    /// <summary>Rows of a module that are about no patient, by the address at which they are changed.</summary>
    private static readonly string[] OfNobody =
    [
        "patients/payers/", "patients/outside-providers/", "patients/agreement-forms/", "patients/scans/dismiss/", "scheduling/types/", "scheduling/equipment/", "scheduling/exceptions/",
        "scheduling/board/{date}/columns/", "referrals/specialists/", "billing/payers/", "billing/rules/", "billing/identifiers/", "billing/fees/", "billing/codes/", "billing/enrollments/", "billing/batches/", "billing/answers/", "billing/authorizations/edit-need/", "patients/merges/{id:guid}/undo",
        // The page that a shut chart opens to.
        "patients/charts/{id:guid}/unlock",
    ];

    [Fact]
    public void Every_action_says_which_of_its_ids_is_a_patient_or_of_a_row_about_one()
    {
        var silent =
            from endpoint in shared.Host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            let action = endpoint.Metadata.GetMetadata<ControllerActionDescriptor>()
            let route = endpoint.RoutePattern.RawText!.TrimStart('/')
            where action is not null && endpoint.Metadata.GetMetadata<IModuleMetadata>()!.ModuleId != LoadedModule.CoreId && !OfNobody.Any(o => route.StartsWith(o, StringComparison.Ordinal))
            let said = action.MethodInfo.GetParameters().Any(p => p.IsDefined(typeof(PatientAttribute)))
            from parameter in action.MethodInfo.GetParameters()
            where (Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType) == typeof(Guid)
            // A row that is only found through its own patient stands beside the patient's id.
            where !said && !parameter.IsDefined(typeof(PatientOfAttribute)) && !Others.Contains(parameter.Name)
            select $"{route}: say of {parameter.Name} whose id it is, with [Patient] or [PatientOf<…>] ({action.MethodInfo.DeclaringType!.Name}.{action.MethodInfo.Name})";

        Assert.True(!silent.Any(), string.Join('\n', silent.Distinct()));
    }

    [Fact]
    public async Task Every_entity_with_the_id_of_a_patient_is_hidden_with_the_chart()
    {
        var columns = (await shared.Host.North.AskAsync<string[]>("""
            select array(select schema_name || '.' || table_name || '.' || patient_column from core.patient_tables
                where schema_name not in ('core', 'audit'))
            """)).ToHashSet();
        await using var scope = shared.Host.Scope(shared.Host.North);
        var open = from module in shared.Host.Services.GetRequiredService<InstalledModules>().Running
                   from type in module.Declared.Databases
                   from entity in ((ModuleDb)scope.ServiceProvider.GetRequiredService(type)).Model.GetEntityTypes()
                   from property in entity.GetProperties()
                   where columns.Contains($"{entity.GetSchema()}.{entity.GetTableName()}.{property.GetColumnName()}") || property.Name == nameof(IOfPatient.PatientId)
                   where !entity.ClrType.IsAssignableTo(typeof(IOfPatient)) && !entity.IsOwned()
                   // The two records of a pair are read by joining them with the patients, who are hidden.
                   where entity.ClrType.FullName != typeof(Modular.Patients.Duplicates.Duplicate).FullName
                   select $"{entity.ClrType.Name} holds {property.Name} and is no IOfPatient";

        Assert.True(!open.Any(), string.Join('\n', open));
    }

    /// <summary>Past the filter only where time alone is shown, rooms or rows are counted, or somebody who may open a chart looks for it.</summary>
    [Fact]
    public void The_rows_of_shut_charts_are_read_in_a_few_known_places()
    {
        var places = from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "modules"), "*.cs", SearchOption.AllDirectories)
                     where !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/tests/", StringComparison.Ordinal) && File.ReadAllText(file).Contains(".WithShut()", StringComparison.Ordinal)
                     select Path.GetFileName(file);

        Assert.Equal(["AddException.cs", "DaySheet.cs", "FlowSteps.cs", "OverdueCount.cs", "PatientList.cs", "RegistrationCount.cs", "VisitIndicators.cs"], places.Order());
    }
}
