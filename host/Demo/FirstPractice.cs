using Modular.Host.FirstRun;
using Modular.Host.Installed;
using Modular.Host.Judging;
using Modular.Host.People;
using Modular.Host.Practices;
using Modular.Host.Start;
using Modular.Sdk;
using Npgsql;

namespace Modular.Host.Demo;

/// <summary>The first start: a catalogue without practices gets one, empty or where it was asked for the demo. Says where to open it and how to sign in.</summary>
public static class FirstPractice
{
    public static async Task EnsureAsync(IServiceProvider services, TextWriter console, CancellationToken ct)
    {
        var practices = services.GetRequiredService<PracticeRegistry>();
        var options = services.GetRequiredService<StartOptions>();
        // Hosts that start together on an empty server make one practice, not two halves of it.
        await using var connection = await services.GetRequiredService<Catalogue>().Database.OpenConnectionAsync(ct);
        await using var alone = await connection.BeginTransactionAsync(ct);
        // As long as the other one fills the demo practice.
        await using (var wait = new NpgsqlCommand("select pg_advisory_xact_lock(hashtextextended('first practice', 0))", connection) { CommandTimeout = 0 })
        {
            await wait.ExecuteNonQueryAsync(ct);
        }

        await practices.ReloadAsync(ct);
        if (practices.All.Count == 0)
        {
            if (options.Demo)
            {
                await console.WriteLineAsync($"Filling the demo practice, which takes a minute. Its pages answer meanwhile, at http://localhost:{options.Port}");
            }

            await services.GetRequiredService<PracticeMaker>().AddAsync(options.Demo ? DemoPractice.Wanted : Empty, ct);
        }

        foreach (var practice in practices.All.Where(p => p.Row.Status == "active").OrderBy(p => p.Row.Slug))
        {
            if (practice.Row.Demo && !options.Demo)
            {
                await console.WriteLineAsync($"{practice.Name}: not served. It is a demo, whose passwords everybody knows; --demo serves it to this computer alone.");
                continue;
            }

            if (options.Development)
            {
                await TellModelsAsync(services, practice, console, ct);
            }

            if (practice.Row.Demo)
            {
                await services.GetRequiredService<DemoSeeder>().SeedAsync(practice, ct);
            }

            var address = $"http://{(practice.Row.Hosts.Contains("localhost") ? "localhost" : $"{practice.Row.Slug}.localhost")}:{options.Port}";
            await console.WriteLineAsync($"{practice.Name}: {address}");
            await SignInsAsync(services, practice, address, console, ct);
        }
    }

    /// <summary>Where somebody works on a module: what of its model its migrations did not make.</summary>
    private static async Task TellModelsAsync(IServiceProvider services, Practice practice, TextWriter console, CancellationToken ct)
    {
        await using var scope = services.OpenScope(practice, Actor.System("model check"));
        var on = services.GetRequiredService<InstalledModules>().Running.Where(m => !practice.Snapshot.Failed.ContainsKey(m.Id));
        foreach (var fault in await ModelCheck.FaultsAsync(scope.ServiceProvider, practice.Database, on, ct))
        {
            await console.WriteLineAsync($"The model is not what the migrations made: {fault}.");
        }
    }

    private static async Task SignInsAsync(IServiceProvider services, Practice practice, string address, TextWriter console, CancellationToken ct)
    {
        if (practice.Row.Demo)
        {
            foreach (var role in Roles.All)
            {
                await console.WriteLineAsync($"  {role,-12} {DemoSeeder.Password}");
            }

            return;
        }

        await using var scope = services.OpenScope(practice, Actor.System("first run"));
        if (!await scope.ServiceProvider.GetRequiredService<PeopleAdmin>().AnyAsync(ct))
        {
            var token = await FirstSetUp.IssueTokenAsync(services, practice, ct);
            await console.WriteLineAsync($"  Set it up: {address}/first-run?token={token}");
            var file = FirstSetUp.TokenFile(services.GetRequiredService<StartOptions>(), practice);
            if (FirstSetUp.Keep(file, token))
            {
                await console.WriteLineAsync($"  The token is also in {file}, for you alone.");
            }
        }
    }

    private static NewPractice Empty { get; } = new(
        "practice", "My practice", "America/New_York", ["localhost", "127.0.0.1"],
        [new(Guid.CreateVersion7(), "Main", "America/New_York")]);
}
