using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.People;
using Modular.Host.Practices;
using Modular.Host.Rights;
using Modular.Sdk;

namespace Modular.Tests.Harness;

/// <summary>People for tests: one per practice, role preset and set of locations, made when first asked for.</summary>
public sealed class TestPeople(TestHost host)
{
    public const string Password = "kettle on the windowsill";

    private readonly ConcurrentDictionary<string, Lazy<Task<Person>>> made = new();

    /// <param name="locations">Null: all locations of the practice.</param>
    public Task<Person> EnsureAsync(Practice practice, string rolePreset, Guid[]? locations = null)
    {
        var places = locations is null ? "all" : string.Join('-', locations.Select(l => l.ToString("N")[^3..]).Order());
        return made.GetOrAdd($"{practice.Row.Slug}.{rolePreset}.{places}", name => new(() => AddAsync(practice, name, [rolePreset], locations))).Value;
    }

    /// <summary>A person of one's own: for a test that changes or removes them.</summary>
    public async Task<Person> AddAsync(Practice practice, string name, string[] rolePresets, Guid[]? locations = null)
    {
        await using var scope = host.Services.OpenScope(practice, Actor.System("test"));
        return await scope.ServiceProvider.GetRequiredService<PeopleAdmin>().AddAsync(new($"Test {name}", name, new(rolePresets, null, locations), Password));
    }

    /// <summary>Through the real page.</summary>
    public static async Task<HttpResponseMessage> SignInAsync(TestClient client, string name, string password = Password)
    {
        var page = await client.PageAsync("/account/sign-in");
        return await client.SubmitAsync(page, "form#sign-in", ("Name", name), ("Password", password));
    }
}
