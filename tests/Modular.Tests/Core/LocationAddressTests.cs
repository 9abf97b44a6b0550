using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Core;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Core;

/// <summary>What modules are told of a location's address.</summary>
public sealed class LocationAddressTests(SharedHost shared)
{
    [Fact]
    public async Task Modules_are_told_the_address_that_the_page_took_and_nothing_where_none_was_given()
    {
        using var manager = await shared.Host.SignInAsync(shared.Host.North, Roles.Manager);
        var (given, none) = ($"Given {Guid.NewGuid():N}", $"None {Guid.NewGuid():N}");
        await AddAsync(manager, ("Name", given), ("Address", "12 Mill Road"), ("City", "Ashfield"), ("State", "OH"), ("Zip", "44001-0120"));
        await AddAsync(manager, ("Name", none));

        await using var scope = shared.Host.Scope(shared.Host.North);
        var snapshot = ActivatorUtilities.CreateInstance<SiteSnapshot>(scope.ServiceProvider);
        var told = (await snapshot.PageAsync(null, null, 1000, default)).Select(row => row.Message).ToList();

        var place = Assert.Single(told, t => t.Name == given);
        Assert.Equal(("12 Mill Road", "Ashfield", "OH", "440010120"), (place.Address, place.City, place.State, place.Zip));
        var bare = Assert.Single(told, t => t.Name == none);
        Assert.Equal((null, null, null, null), (bare.Address, bare.City, bare.State, bare.Zip));
    }

    private static async Task AddAsync(TestClient manager, params (string, string)[] typed)
    {
        var page = await manager.PageAsync("/admin/locations/edit");
        Assert.Equal(HttpStatusCode.Redirect, (await manager.SubmitAsync(page, "main form", typed)).StatusCode);
    }
}
