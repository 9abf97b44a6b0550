using System.CommandLine;

namespace Modular.Host.Cli;

public static class MigrateCommand
{
    public static Command Create()
    {
        var command = new Command("migrate", "Bring every practice's database to the installed version. Serving does this too.");
        command.SetAction(async (parsed, ct) =>
        {
            await using var session = await AdminSession.OpenAsync(parsed, ct, makes: true);
            return Report(session);
        });
        command.AddConnection();
        return command;
    }

    /// <summary>A line a practice; 1 when anything failed.</summary>
    internal static int Report(AdminSession session)
    {
        var bad = 0;
        foreach (var practice in session.Practices.All.OrderBy(p => p.Row.Slug))
        {
            var failed = practice.Snapshot.Failed;
            bad += practice.Fault is null && failed.Count == 0 ? 0 : 1;
            Console.WriteLine(practice.Fault is { } fault ? $"{practice.Row.Slug}: not upgraded. {fault.Reason}"
                : failed.Count == 0 ? $"{practice.Row.Slug}: up to date"
                : $"{practice.Row.Slug}: {string.Join("; ", failed.Select(f => $"{f.Key} failed and is off here: {f.Value}"))}");
        }

        return bad == 0 ? 0 : 1;
    }

    internal static void AddConnection(this Command command)
    {
        command.Options.Add(AdminSession.ConnectionOption);
        command.Options.Add(AdminSession.DataOption);
        command.Options.Add(AdminSession.ModuleOption);
    }
}
