using Microsoft.Extensions.DependencyInjection;
using Modular.Host.FirstRun;
using Modular.Host.People;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Benchmarks.Driver;

/// <summary>A practice with two locations and somebody of each role preset. The ids are those of practice.sql.</summary>
internal static class PracticeWithPeople
{
    public static async Task EnsureAsync(IServiceProvider services, string slug)
    {
        if (services.GetRequiredService<PracticeRegistry>().FindSlug(slug) is not null)
        {
            return;
        }

        var practice = await services.GetRequiredService<PracticeMaker>().AddAsync(new(slug, $"The {slug} practice", "America/New_York", [],
        [
            new(new("00000000-0000-7000-8000-0000000000a1"), "Main Street", "America/New_York"),
            new(new("00000000-0000-7000-8000-0000000000a2"), "Lake Avenue", "America/New_York"),
        ]), default);
        await using var scope = services.OpenScope(practice, Actor.System("benchmark"));
        await scope.ServiceProvider.GetRequiredService<PeopleAdmin>().EnsureDemoPeopleAsync("kettle on the windowsill");
    }
}
