using System.CommandLine;
using Modular.Host.Postgres;
using Modular.Host.Practices;

namespace Modular.Host.Cli;

public static class BackupCommand
{
    public static Command Create()
    {
        var slug = new Argument<string>("practice") { Description = "Short name of the practice" };
        var file = new Argument<string>("file") { Description = "File to write; readable by you alone" };
        var command = new Command("backup", "Write one practice into one file, files and audit log included.") { slug, file };
        command.SetAction(async (parsed, ct) =>
        {
            await using var session = await AdminSession.OpenAsync(parsed, ct, migrate: false);
            var practice = session.Practice(parsed.GetValue(slug)!);
            await WriteAsync(session, practice, parsed.GetValue(file)!, ct);
            Console.WriteLine($"{practice.Row.Slug}: backed up to {Path.GetFullPath(parsed.GetValue(file)!)} ({new FileInfo(parsed.GetValue(file)!).Length / 1024:N0} KB)");
            return 0;
        });
        command.AddConnection();
        return command;
    }

    internal static Task WriteAsync(AdminSession session, Practice practice, string file, CancellationToken ct) => Backup.DumpAsync(
        session.Services.GetRequiredService<DatabaseServer>().ConnectionString(practice.Row.DatabaseName, practice.Row.Server), file, ct);
}
