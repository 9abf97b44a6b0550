using System.Diagnostics;
using Modular.Host.Installed;
using Modular.Host.People;
using Modular.Host.Practices;
using Modular.Host.Start;
using Modular.Sdk;

namespace Modular.Host.Demo;

/// <summary>Fills the demo practice and brings it to today at every start: core facts, one person a role, then each module's own data in its order.</summary>
public sealed class DemoSeeder(IServiceProvider services, InstalledModules modules, InboxWatch inbox, StartOptions options, TimeProvider clock, ILogger<DemoSeeder> log)
{
    /// <summary>Public on purpose: the demo practice holds nothing real and its sign-ins are printed at every start.</summary>
    public const string Password = "blue-kettle-porch";

    public async Task SeedAsync(Practice practice, CancellationToken ct)
    {
        var today = WallTime.Today(clock, practice.Zone);
        await InScopeAsync(practice, sp => sp.GetRequiredService<DemoPractice>().SeedAsync(today, ct));
        await InScopeAsync(practice, sp => sp.GetRequiredService<PeopleAdmin>().EnsureDemoPeopleAsync(Password, ct));
        await InScopeAsync(practice, sp => DemoReading.SeedAsync(sp.GetRequiredService<IAcknowledgements>(), ct));
        var seeds = modules.Running.Where(m => practice.IsOn(m.Id)).SelectMany(m => m.Declared.Demo.Select(d => (m.Id, d.Order, d.Data)));
        foreach (var (module, _, data) in seeds.OrderBy(s => s.Order).ThenBy(s => s.Id))
        {
            // A module's demo may build on what the messages of those before it brought.
            await inbox.EmptyAsync(practice, ct);
            var watch = Stopwatch.StartNew();
            try
            {
                await InScopeAsync(practice, sp => ((IDemoData)ActivatorUtilities.CreateInstance(sp, data)).SeedAsync(today, ct));
            }
            catch (Exception e) when (options.Development && e is not OperationCanceledException)
            {
                // Whoever works on the module reads it whole, and has the pages of the others meanwhile.
                log.LogError(e, "The demo data {Data} of {Module} failed", data.Name, module);
                continue;
            }

            log.LogInformation("Demo data of {Module} took {Seconds:0.0} s", module, watch.Elapsed.TotalSeconds);
        }

        await inbox.EmptyAsync(practice, ct);
        await InScopeAsync(practice, sp => ActivatorUtilities.CreateInstance<DemoIndicators>(sp).EnsureAsync(ct));
        await inbox.EmptyAsync(practice, ct);
    }

    private async Task InScopeAsync(Practice practice, Func<IServiceProvider, Task> step)
    {
        await using var scope = services.OpenScope(practice, Actor.System("demo"));
        await step(scope.ServiceProvider);
        await scope.ServiceProvider.GetRequiredService<Data.Work>().FlushAsync();
    }
}
