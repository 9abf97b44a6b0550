using System.CommandLine;
using Modular.Host.Data;
using Modular.Host.Imports;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.Cli;

/// <summary>The import pages' steps without pages: store, map by column names, check, take in.</summary>
public static class ImportCommand
{
    public static Command Create()
    {
        var slug = new Argument<string>("practice") { Description = "Short name of the practice" };
        var kind = new Argument<string>("kind") { Description = "Kind of rows, such as patients.patient" };
        var file = new Argument<FileInfo>("file") { Description = "CSV file with a heading line" };
        var check = new Option<bool>("--check") { Description = "Only check; change nothing" };
        var command = new Command("import", "Check a CSV file and take it in, mapping columns by their names. Undo is on the import's page.") { slug, kind, file, check };
        command.AddConnection();
        command.SetAction(async (parsed, ct) =>
        {
            await using var session = await AdminSession.OpenAsync(parsed, ct);
            var practice = session.Practice(parsed.GetValue(slug)!);
            var run = new Run(session, practice, ct);
            var id = await run.StoreAsync(parsed.GetValue(kind)!, parsed.GetValue(file)!);
            var import = await run.StepAsync(id, "checked", (steps, i) => steps.CheckAsync(i, run.Mapping, ct));
            if (!parsed.GetValue(check) && import.Refused == 0)
            {
                import = await run.StepAsync(id, "imported", (steps, i) => steps.RunAsync(i, ct));
            }

            if (import.Refused > 0)
            {
                Console.WriteLine($"Refused rows with their reasons: /admin/imports/{id}");
            }

            return import.Refused == 0 ? 0 : 1;
        });
        return command;
    }

    private sealed class Run(AdminSession session, Practice practice, CancellationToken ct)
    {
        public Dictionary<string, int> Mapping { get; private set; } = [];

        public async Task<Guid> StoreAsync(string kindId, FileInfo file)
        {
            await using var scope = session.Services.OpenScope(practice, Actor.System("command line"));
            var kind = scope.ServiceProvider.GetRequiredService<ImportKinds>().Find(kindId) ?? throw new CommandFailedException(
                $"There is no import {kindId} here. There are: {string.Join(", ", scope.ServiceProvider.GetRequiredService<ImportKinds>().Mine.Select(k => k.Id))}.");
            await using var content = file.OpenRead();
            try
            {
                var id = await scope.ServiceProvider.GetRequiredService<ImportUpload>().StoreAsync(kind, content, file.Name, ct);
                Mapping = ColumnGuess.Of(kind.Fields, (await FindAsync(scope.ServiceProvider, id)).Headings);
                return ColumnGuess.Faults(kind.Fields, Mapping).Select(f => f.Sentence).ToList() is { Count: > 0 } faults
                    ? throw new CommandFailedException(string.Join(' ', faults))
                    : id;
            }
            catch (CsvRefusedException e)
            {
                throw new CommandFailedException(e.Message);
            }
        }

        /// <summary>Decides one step and carries it out here, whether or not a host serves beside us: a step that is done is not done again.</summary>
        public async Task<Import> StepAsync(Guid id, string done, Func<ImportSteps, Import, Task<bool>> decide)
        {
            await using (var scope = session.Services.OpenScope(practice, Actor.System("command line")))
            {
                await decide(scope.ServiceProvider.GetRequiredService<ImportSteps>(), await FindAsync(scope.ServiceProvider, id));
            }

            while (await session.Services.GetRequiredService<ImportRunner>().StepAsync(practice, id, ct))
            {
            }

            await using var after = session.Services.OpenScope(practice, Actor.System("command line"));
            var import = await FindAsync(after.ServiceProvider, id);
            Console.WriteLine($"{import.FileName}: {import.Total:N0} rows {done}: {import.Created:N0} new, {import.Updated:N0} changed, {import.Unchanged:N0} as they were, {import.Refused:N0} refused");
            return import;
        }

        private async Task<Import> FindAsync(IServiceProvider scope, Guid id) =>
            await Import.FindAsync(await scope.GetRequiredService<Work>().OpenAsync(ct), id, forUpdate: false, ct)
            ?? throw new CommandFailedException("The import is gone.");
    }
}
