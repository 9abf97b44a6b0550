using System.CommandLine;
using Modular.Host.Bus;
using Modular.Host.Installed;
using Modular.Host.Installing;
using Modular.Host.Judging;
using Modular.Host.Logging;
using Modular.Host.Migrations;
using Modular.Host.Observability;
using Modular.Host.Postgres;
using Modular.Host.Practices;
using Modular.Host.Printing;

namespace Modular.Host.Cli;

public static class DoctorCommand
{
    /// <summary>Faults that the verdict repeats; all are in the lines above it.</summary>
    private const int Shown = 3;

    public static Command Create()
    {
        var command = new Command("doctor", "Say what is installed, what is wrong with it, and which migrations wait. Changes nothing.");
        command.SetAction(async (parsed, ct) =>
        {
            await using var session = await AdminSession.OpenAsync(parsed, ct, migrate: false, without: true);
            var modules = session.Services.GetRequiredService<InstalledModules>();
            var handlers = session.Services.GetRequiredService<HandlerMap>();
            Console.WriteLine($"SDK {ManifestJudge.SdkVersion.ToString(2)}, .NET {Environment.Version}");
            Console.WriteLine(PdfFonts.Installed is not null ? "PDF of prints: yes" : PdfFonts.Missing);
            var standings = session.Services.GetRequiredService<ModuleStandings>();
            foreach (var module in modules.All)
            {
                ModuleReport.Write(standings.Of(module, module), handlers);
            }

            if (session.NothingYet is { } nothing)
            {
                throw new CommandFailedException(nothing);
            }

            var gates = session.Services.GetRequiredService<NodeGates>();
            // The worst first: what stops everybody, then a practice, then a part of one.
            List<string> wrong = [.. await MachineAsync(session, ct)];
            List<string> lesser = [.. modules.All.Where(m => !m.Runs).Select(m => $"The module {m.Id} does not run: {m.Reason}")];
            foreach (var practice in session.Practices.All.OrderBy(p => p.Row.Slug))
            {
                await TryDescribeAsync(practice, modules, wrong, lesser, ct);
                foreach (var fault in await gates.FaultsAsync(practice.Id, ct))
                {
                    Console.WriteLine($"  not served by its present state on {fault}");
                    wrong.Add($"The practice {practice.Row.Slug} is not served by its present state on {fault}");
                }
            }

            return Verdict([.. wrong, .. lesser]);
        });
        command.AddConnection();
        return command;
    }

    private static int Verdict(IReadOnlyList<string> wrong)
    {
        Console.WriteLine();
        Console.WriteLine(wrong.Count == 0 ? "Verdict: nothing is wrong." : $"Verdict: {Sdk.Said.Many(wrong.Count, "fault")}{(wrong.Count > Shown ? $", the worst {Shown}" : "")}:");
        foreach (var fault in wrong.Take(Shown))
        {
            Console.WriteLine($"  {fault}");
        }

        return wrong.Count == 0 ? 0 : 1;
    }

    /// <summary>The database server, the disks, and whether what must leave this machine does. Gives what is wrong.</summary>
    private static async Task<IReadOnlyList<string>> MachineAsync(AdminSession session, CancellationToken ct)
    {
        var machine = session.Services.GetRequiredService<MachineState>();
        if (machine.Restarts is [.., var last] restarts)
        {
            Console.WriteLine($"The database ended by itself and was started again: {Sdk.Said.Many(restarts.Count, "time")}, the last on {last}");
        }

        List<string> wrong = [.. machine.Lacks, .. await machine.HeadsAsync(ct) is { } heads ? new[] { heads } : []];
        wrong.ForEach(Console.WriteLine);
        return wrong;
    }

    private static async Task TryDescribeAsync(Practice practice, InstalledModules modules, List<string> wrong, List<string> lesser, CancellationToken ct)
    {
        try
        {
            lesser.AddRange(await DescribeAsync(practice, modules, ct));
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            Console.WriteLine($"practice {practice.Row.Slug}: {practice.Row.Status}, cannot be read: {Failure.Describe(e)}");
            wrong.Add($"The practice {practice.Row.Slug} cannot be read: {Failure.Describe(e)}");
        }
    }

    /// <summary>Per module how many migrations are applied and which wait or were changed since. Gives what is wrong.</summary>
    private static async Task<IReadOnlyList<string>> DescribeAsync(Practice practice, InstalledModules modules, CancellationToken ct)
    {
        await using var connection = await practice.OpenAsync(ct);
        var applied = await Migrator.AppliedAsync(connection, ct);
        var states = (await connection.QueryAsync("select module, state from core.modules", [], r => (r.GetString(0), r.GetString(1)), ct)).ToDictionary(s => s.Item1, s => s.Item2);
        var waiting = modules.Migrations.SelectMany(s => s.Migrations.Where(m => !applied.ContainsKey((s.Owner, m.Name))).Select(m => $"{s.Owner}/{m.Name}")).ToList();
        Console.WriteLine($"practice {practice.Row.Slug}: {practice.Row.Status}, {(waiting.Count == 0 ? "up to date" : $"{waiting.Count} migrations wait: {string.Join(", ", waiting)}")}");
        List<string> wrong = waiting.Count == 0 ? []
            : [$"The practice {practice.Row.Slug} is not up to date: {Sdk.Said.Many(waiting.Count, "migration")} to apply. Type: upgrade"];
        foreach (var set in modules.Migrations)
        {
            var changed = set.Migrations.Where(m => applied.TryGetValue((set.Owner, m.Name), out var sum) && sum != m.Checksum).Select(m => m.Name).ToList();
            var state = set.Owner == LoadedModule.CoreId ? "on" : states.GetValueOrDefault(set.Owner, "off");
            Console.WriteLine($"  {set.Owner}: {state}, {set.Migrations.Count(m => applied.ContainsKey((set.Owner, m.Name)))} of {set.Migrations.Count} migrations applied"
                + (changed.Count == 0 ? "" : $"; changed after they were applied: {string.Join(", ", changed)}"));
            wrong.AddRange(changed.Select(m => $"The migration {m} of {set.Owner} was changed after {practice.Row.Slug} had applied it: install the module's own files again."));
        }

        return wrong;
    }
}
