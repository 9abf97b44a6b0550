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
        var strays = Slices(core: false)
            .Where(x => !Matches(x.Slice, x.Route))
            .Select(x => $"/{x.Route} is {x.Slice.FullName}")
            .Distinct();

        Assert.True(!strays.Any(), string.Join("\n", strays));
    }

    /// <summary>
    /// In the host too: <c>/admin/locations/edit</c> is <c>Core/Locations/EditLocation.cs</c>, <c>/admin/roles</c> is <c>RoleMatrix.cs</c>, and what
    /// a page's buttons do stands below the page's own address.
    /// </summary>
    [Fact]
    public void The_address_of_a_page_of_the_host_names_its_folder_and_file()
    {
        var pages = Slices(core: true).Where(x => !x.Slice.IsAssignableTo(typeof(ApiSlice))).Select(x => (x.Slice, x.Route, Words: Words(x.Route))).ToList();

        var strays = pages
            .Where(x => !HostMatches(x.Slice, x.Words, [.. pages.Where(other => other.Slice == x.Slice).Select(other => string.Join('/', other.Words))]))
            .Select(x => $"/{x.Route} is {x.Slice.FullName}")
            .Distinct();

        Assert.Equal([], strays);
    }

    /// <summary>What is the same for every row, up to the first part that is not.</summary>
    private static string[] Words(string route) =>
        [.. route.Split('/', StringSplitOptions.RemoveEmptyEntries).SkipWhile(part => part == "admin").TakeWhile(part => !part.StartsWith('{'))];

    /// <param name="own">All addresses of the class.</param>
    private static bool HostMatches(Type slice, string[] words, IReadOnlyCollection<string> own)
    {
        var (folder, file) = (Names.Kebab(slice.Namespace!.Split('.').Last()), Names.Kebab(slice.Name));
        bool IsNamedAfter(string word) => file.StartsWith(word.TrimEnd('s'), StringComparison.Ordinal);
        return words.Length == 0 || IsNamedAfter(words[0])
            || words.Index().Any(at => at.Item == folder
                && (at.Index == words.Length - 1 || IsNamedAfter(words[at.Index + 1]) || own.Contains(string.Join('/', words[..(at.Index + 1)]))));
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

        // A page at the public door is found by what follows the door.
        var parts = route.StartsWith("public/", StringComparison.Ordinal) ? route["public/".Length..].Split('/') : route.Split('/');
        var folder = slice.Namespace!.Split('.').Last();
        return parts.Length == 1
            || (Names.Kebab(folder) == parts[1]
                && (parts.Length == 2 || parts[2].StartsWith('{') || Names.Kebab(slice.Name).StartsWith(parts[2], StringComparison.Ordinal)));
    }

    private IEnumerable<(Type Slice, string Route)> Slices(bool core) =>
        from endpoint in shared.Host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let action = endpoint.Metadata.GetMetadata<ControllerActionDescriptor>()
        where action is not null && endpoint.Metadata.GetMetadata<IModuleMetadata>()!.ModuleId == "core" == core
        select ((Type)action.ControllerTypeInfo, endpoint.RoutePattern.RawText!.TrimStart('/'));
}
