using System.CommandLine;
using Modular.Host.Bus;
using Modular.Host.Enabling;
using Modular.Host.Installed;
using Modular.Host.Practices;
using Modular.Host.Search;
using Modular.Sdk;
using Npgsql;
using Wolverine.Runtime;

namespace Modular.Host.Cli;

/// <summary>The modules page's Rebuild for an administrator at the console: waits until it is done. Works beside a serving host and without one.</summary>
public static class RebuildCommand
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(200);

    public static Command Create()
    {
        var slug = new Argument<string>("practice") { Description = "Short name of the practice" };
        var id = new Argument<string>("module") { Description = "Id of the module, such as scheduling" };
        var command = new Command("rebuild", "Fill a module's copies of others' facts, its search entries and its tasks anew. Pages work meanwhile.") { slug, id };
        command.AddConnection();
        command.SetAction(async (parsed, ct) =>
        {
            await using var session = await AdminSession.OpenAsync(parsed, ct);
            var practice = session.Practice(parsed.GetValue(slug)!);
            var module = Find(session, parsed.GetValue(id)!);
            var facts = await FillAsync(session, practice, module, ct);
            var records = await session.Services.GetRequiredService<SearchRebuilder>().RebuildAsync(practice, module.Id, ct);
            Console.WriteLine($"{practice.Row.Slug}: {module.Manifest.Name} is rebuilt. Facts of others replayed: {facts:N0}; own records read for search and tasks: {records:N0}");
            return 0;
        });
        return command;
    }

    private static LoadedModule Find(AdminSession session, string id)
    {
        var modules = session.Services.GetRequiredService<InstalledModules>();
        var module = modules.All.FirstOrDefault(m => m.Id == id) ?? throw new CommandFailedException(
            $"There is no module {id}. There are: {string.Join(", ", modules.All.Select(m => m.Id))}.");
        return module.Runs ? module : throw new CommandFailedException($"{module.Manifest.Name} does not run: {module.Reason}");
    }

    /// <summary>The filling is messages: this process's own bus works on them, whether or not a serving host does too.</summary>
    private static async Task<long> FillAsync(AdminSession session, Practice practice, LoadedModule module, CancellationToken ct)
    {
        IHostedService[] bus = [session.Services.GetRequiredService<NodeService>(), (IHostedService)session.Services.GetRequiredService<IWolverineRuntime>(), session.Services.GetRequiredService<BusPump>()];
        foreach (var service in bus)
        {
            await service.StartAsync(ct);
        }

        try
        {
            await session.Services.GetRequiredService<NodeService>().Ready.WaitAsync(ct);
            await session.Services.GetRequiredService<ModuleEnabling>().RebuildAsync(practice, module.Id, Actor.System("command line"), ct);
            return await FilledAsync(practice, module, ct);
        }
        catch (EnablingRefusedException refused)
        {
            throw new CommandFailedException(refused.Message);
        }
        finally
        {
            foreach (var service in bus.Reverse())
            {
                await service.StopAsync(CancellationToken.None);
            }
        }
    }

    private static async Task<long> FilledAsync(Practice practice, LoadedModule module, CancellationToken ct)
    {
        while (true)
        {
            await using (var connection = await practice.OpenAsync(ct))
            await using (var command = new NpgsqlCommand("select state, coalesce((fill_state->>'rows')::bigint, 0) from core.modules where module = $1", connection))
            {
                command.Parameters.Add(new() { Value = module.Id });
                await using var reader = await command.ExecuteReaderAsync(ct);
                if (!await reader.ReadAsync(ct) || reader.GetString(0) is "off" or "failed")
                {
                    throw new CommandFailedException($"{module.Manifest.Name} was turned off meanwhile.");
                }

                if (reader.GetString(0) == "on")
                {
                    return reader.GetInt64(1);
                }
            }

            await Task.Delay(Between, ct);
        }
    }
}
