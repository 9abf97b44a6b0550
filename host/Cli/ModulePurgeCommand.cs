using System.CommandLine;
using System.IO.Compression;
using Modular.Host.Disk;
using Modular.Host.Installed;
using Modular.Host.Installing;
using Modular.Host.Judging;
using Modular.Host.Start;
using Modular.Sdk;

namespace Modular.Host.Cli;

public static class ModulePurgeCommand
{
    public static Command Create()
    {
        var file = new Option<string>("--export") { Description = "A .zip that does not exist yet: everything is written there first", Required = true };
        var sure = new Option<string>("--confirm") { Description = "The id again", Required = true };
        var command = new Command("purge", "Export what a removed module kept in every practice, then delete it for ever.") { ModuleCommands.Id, file, sure };
        command.SetAction(async (parsed, ct) =>
        {
            var id = parsed.GetValue(ModuleCommands.Id)!;
            await using var session = await AdminSession.OpenAsync(parsed, ct, migrate: false, safe: true);
            Check(session, id, parsed.GetValue(sure)!);
            return await PurgeAsync(session, id, Path.GetFullPath(parsed.GetValue(file)!), ct);
        });
        return command;
    }

    private static void Check(AdminSession session, string id, string sure)
    {
        if (sure != id)
        {
            throw new CommandFailedException($"--confirm must be {id}. Nothing was deleted.");
        }

        if (!ManifestJudge.MayBeModule(id))
        {
            throw new CommandFailedException($"{id} is no id of a module.");
        }

        if (session.Services.GetRequiredService<InstalledModules>().Find(id) is not null)
        {
            throw new CommandFailedException($"{id} is installed. Remove it first with module remove {id} --confirm {id}, and start Modular once without it. Nothing was deleted.");
        }
    }

    private static async Task<int> PurgeAsync(AdminSession session, string id, string file, CancellationToken ct)
    {
        var practices = new List<(Practices.Practice Practice, int Tables)>();
        // Never overwrites: the file may be the export of an earlier purge.
        await using (var target = PrivateFiles.Create(file))
        await using (var export = new ZipArchive(target, ZipArchiveMode.Create))
        {
            foreach (var practice in session.Practices.All.OrderBy(p => p.Row.Slug))
            {
                await using var connection = await practice.OpenAsync(ct);
                if (await ModulePurge.TablesAsync(connection, id, ct) is { } tables)
                {
                    await ModulePurge.ExportAsync(connection, export, practice.Row.Slug, id, tables, ct);
                    practices.Add((practice, tables.Count));
                }
            }
        }

        if (practices.Count == 0)
        {
            File.Delete(file);
            throw new CommandFailedException($"No practice has anything of {id}. Nothing was deleted.");
        }

        foreach (var (practice, tables) in practices)
        {
            var programs = await ModulePurge.DropAsync(session.Services, practice, id, Path.GetFileName(file), ct);
            Console.WriteLine($"{practice.Row.Slug}: {id} deleted, {tables} tables{(programs == 0 ? "" : $"; its permissions taken from {Said.Many(programs, "program")}")}");
        }

        new ModuleFolders(session.Services.GetRequiredService<StartOptions>().ModulesDirectory).ForgetPublisher(id);
        Console.WriteLine($"What was deleted is in {file}.");
        return 0;
    }
}
