using System.Reflection;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Architecture;

/// <summary>A newcomer finds any feature from the address bar: <c>/scheduling/appointments/book</c> is <c>Appointments/BookAppointment.cs</c>.</summary>
public sealed class AddressTests(SharedHost shared)
{
    [Fact]
    public void The_address_of_a_modules_page_names_its_folder_and_file()
    {
        var strays = ModuleSlices()
            .Where(x => !Matches(x.Slice, x.Route))
            .Select(x => $"/{x.Route} is {x.Slice.FullName}")
            .Distinct();

        Assert.True(!strays.Any(), string.Join("\n", strays));
    }

    /// <summary>
    /// Second part of the address = last part of the namespace; a literal third part begins the class name. A folder's own page
    /// (no third part) may have any name.
    /// </summary>
    private static bool Matches(Type slice, string route)
    {
        // What programs call stands in the folder Api; the file is named by what the address lists: /api/scheduling/appointments is Api/AppointmentsApi.cs.
        if (slice.IsAssignableTo(typeof(ApiSlice)))
        {
            var thing = route.Split('/').Skip(1).TakeWhile(p => !p.StartsWith('{')).Take(2).Last();
            return slice.Namespace!.EndsWith(".Api", StringComparison.Ordinal) && Names.Kebab(slice.Name).StartsWith(thing.TrimEnd('s'), StringComparison.Ordinal);
        }

        var parts = route.Split('/');
        var folder = slice.Namespace!.Split('.').Last();
        return parts.Length == 1
            || (Names.Kebab(folder) == parts[1]
                && (parts.Length == 2 || parts[2].StartsWith('{') || Names.Kebab(slice.Name).StartsWith(parts[2], StringComparison.Ordinal)));
    }

    private IEnumerable<(Type Slice, string Route)> ModuleSlices() =>
        from endpoint in shared.Host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let action = endpoint.Metadata.GetMetadata<ControllerActionDescriptor>()
        where action is not null && endpoint.Metadata.GetMetadata<IModuleMetadata>()!.ModuleId != "core"
        select ((Type)action.ControllerTypeInfo, endpoint.RoutePattern.RawText!.TrimStart('/'));
}
