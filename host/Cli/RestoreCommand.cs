using System.CommandLine;
using Modular.Host.FirstRun;
using Modular.Host.Postgres;

namespace Modular.Host.Cli;

public static class RestoreCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "A file that backup wrote" };
        var slug = new Argument<string>("practice") { Description = "Short name of the new practice; must not exist yet" };
        var name = new Option<string?>("--name") { Description = "What people read; the short name when left out" };
        var command = new Command("restore", "Make a new practice from a backup. Everything outbound is held until you release it.") { file, slug, name };
        command.SetAction(async (parsed, ct) =>
        {
            PracticeCommands.RequireShortName(parsed.GetValue(slug)!);
            Backup.Require(parsed.GetValue(file)!);
            await using var session = await AdminSession.OpenAsync(parsed, ct, migrate: false, makes: true);
            if (session.Practices.FindSlug(parsed.GetValue(slug)!) is { } taken)
            {
                throw new CommandFailedException($"There is a practice {taken.Row.Slug} already; restore under another name.");
            }

            var practice = await session.Services.GetRequiredService<PracticeMaker>()
                .RestoreAsync(parsed.GetValue(file)!, parsed.GetValue(slug)!, parsed.GetValue(name), ct);
            Console.WriteLine($"{practice.Row.Slug}: restored as a new practice. Its messages, jobs and webhooks are held; release them under Administration, Held messages.");
            return 0;
        });
        command.AddConnection();
        return command;
    }
}
