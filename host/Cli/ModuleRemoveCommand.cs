using System.CommandLine;
using Modular.Host.Installing;
using Modular.Host.Judging;
using Modular.Host.Postgres;
using Modular.Host.Start;
using Modular.Sdk;

namespace Modular.Host.Cli;

/// <summary>Takes a module off this host, having said who loses what; and takes that back until the next start.</summary>
public static class ModuleRemoveCommand
{
    public static Command Remove()
    {
        var sure = new Option<string?>("--confirm") { Description = "The id again; without it the verb says what would change and changes nothing" };
        var command = new Command("remove", "Turn a module off in every practice and take it off this host with the next start. Its data stays.") { ModuleCommands.Id, sure };
        command.SetAction(async (parsed, ct) =>
        {
            await using var session = await AdminSession.OpenAsync(parsed, ct, migrate: false, safe: true);
            var id = parsed.GetValue(ModuleCommands.Id)!;
            var remover = session.Services.GetRequiredService<ModuleRemover>();
            var module = remover.Check(id);
            if (parsed.GetValue(sure) != id)
            {
                throw new CommandFailedException($"{module.Name} {await LossAsync(session, id, ct)} Nothing was changed. To do it, type: module remove {id} --confirm {id}");
            }

            var gone = await remover.RemoveAsync(id, ModuleCommands.Administrator, ct);
            await ModuleCommands.NoteAsync(session, id, $"module {gone.Version} removed; its data stays", ct);
            Console.WriteLine($"{id}: {gone.Name} is off in every practice and goes with the next start. Its data stays; installed again, it finds it. "
                + $"To keep the module after all, type before that: module keep {id}");
            return 0;
        });
        return command;
    }

    public static Command Keep()
    {
        var command = new Command("keep", "Take a removal back that waits for the next start. In practices the module stays off until it is turned on there.") { ModuleCommands.Id };
        command.SetAction(async (parsed, ct) =>
        {
            await using var session = await AdminSession.OpenAsync(parsed, ct, migrate: false, safe: true);
            var id = parsed.GetValue(ModuleCommands.Id)!;
            var folders = new ModuleFolders(session.Services.GetRequiredService<StartOptions>().ModulesDirectory);
            using (folders.Lock())
            {
                if (!folders.Keep(id))
                {
                    throw new CommandFailedException($"No removal of {id} waits for the next start. \"module list\" shows what is installed.");
                }
            }

            await ModuleCommands.NoteAsync(session, id, "module kept: its removal was taken back", ct);
            Console.WriteLine($"{id}: stays. Turn it on again under Administration, Modules, in each practice that uses it.");
            return 0;
        });
        return command;
    }

    /// <summary>The practices that use it, and how much each has in it.</summary>
    private static async Task<string> LossAsync(AdminSession session, string id, CancellationToken ct)
    {
        List<string> losses = [];
        foreach (var practice in session.Practices.All.OrderBy(p => p.Row.Slug))
        {
            await using var connection = await practice.OpenAsync(ct);
            if (await ModuleRemover.IsOnAsync(connection, id, ct) && await ModulePurge.TablesAsync(connection, id, ct) is { } tables)
            {
                var rows = 0L;
                foreach (var (name, _) in tables)
                {
                    // Both come from the catalogue of the database itself.
                    await using var count = connection.Command($"select count(*) from \"{id.Replace('-', '_')}\".\"{name}\"");
                    rows += (long)(await count.ExecuteScalarAsync(ct))!;
                }

                losses.Add($"{practice.Row.Slug} ({Said.Many(rows, "row")} in {Said.Many(tables.Count, "table")}, which stay)");
            }
        }

        return losses.Count == 0 ? "is on in no practice." : $"would be turned off in {Said.Many(losses.Count, "practice")}: {string.Join(", ", losses)}.";
    }
}
