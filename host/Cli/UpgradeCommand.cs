using System.CommandLine;
using Modular.Host.Disk;
using Modular.Host.Start;

namespace Modular.Host.Cli;

public static class UpgradeCommand
{
    public static Command Create()
    {
        var folder = new Option<string?>("--backups") { Description = "Folder for the backups; by default below the data folder" };
        var check = new Option<string?>("--check") { Description = "Folder of a new host: say which installed modules would run on it, and change nothing" };
        var command = new Command("upgrade", "Back up every practice, migrate it, and report.") { folder, check };
        command.SetAction(async (parsed, ct) =>
        {
            if (parsed.GetValue(check) is { } newHost)
            {
                return UpgradeCheck.Report(newHost);
            }

            await using var session = await AdminSession.OpenAsync(parsed, ct, migrate: false, makes: true);
            var target = parsed.GetValue(folder) ?? Path.Combine(session.Services.GetRequiredService<StartOptions>().DataDirectory, "backups");
            PrivateFiles.CreateFolder(target);
            var stamp = session.Services.GetRequiredService<TimeProvider>().GetUtcNow().ToString("yyyyMMdd-HHmmss");
            foreach (var practice in session.Practices.All)
            {
                var file = Path.Combine(target, $"{practice.Row.Slug}-{stamp}.backup");
                await BackupCommand.WriteAsync(session, practice, file, ct);
                Console.WriteLine($"{practice.Row.Slug}: backed up to {file}");
                await session.Practices.RefreshAsync(practice, ct);
            }

            return MigrateCommand.Report(session);
        });
        command.AddConnection();
        return command;
    }
}
