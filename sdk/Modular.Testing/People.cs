using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.People;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Testing;

/// <summary>The people of a test practice: one per role preset and places, made when first asked for.</summary>
internal sealed class People(IServiceProvider services, Practice practice)
{
    public const string Password = "kettle on the windowsill";

    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> made = new();

    /// <returns>The name to sign in with.</returns>
    public Task<string> EnsureAsync(string role, IReadOnlyCollection<Location> locations)
    {
        var places = string.Concat(locations.Select(l => $".{l.Id:N}").Order());
        return made.GetOrAdd($"{role}{places}", name => new(() => AddAsync(name, role, locations))).Value;
    }

    private async Task<string> AddAsync(string name, string role, IReadOnlyCollection<Location> locations)
    {
        if (!Roles.All.Contains(role))
        {
            throw new TestFailedException($"There is no role {role}. There are: {string.Join(", ", Roles.All)}.");
        }

        await using var scope = services.OpenScope(practice, Actor.System("test"));
        Guid[]? places = locations.Count == 0 ? null : [.. locations.Select(l => l.Id)];
        await scope.ServiceProvider.GetRequiredService<PeopleAdmin>().AddAsync(new($"Test {role}", name, new([role], null, places), Password));
        return name;
    }
}
