using System.CommandLine;
using System.Text.RegularExpressions;
using Modular.Host.FirstRun;
using Modular.Host.Postgres;
using Modular.Host.Practices;

namespace Modular.Host.Cli;

public static partial class PracticeCommands
{
    internal static readonly Argument<string> Slug = new("practice") { Description = "Short name: lower-case letters, digits, hyphens" };

    public static Command Create()
    {
        var practice = new Command("practice", "Add, list, rename, readdress, suspend, export or delete practices.") { List(), Add(), Rename(), PracticeAddressCommand.Create(), Suspend(), Resume(), Export(), Delete() };
        practice.AddConnection();
        return practice;
    }

    /// <summary>As the catalogue has it: part of host names and of a database's name.</summary>
    internal static void RequireShortName(string name)
    {
        if (!ShortName().IsMatch(name))
        {
            throw new CommandFailedException($"\"{name}\" cannot be a practice's short name: it has 2 to 40 lower-case letters, digits and hyphens and begins with a letter, such as elm-street.");
        }
    }

    [GeneratedRegex("^[a-z][a-z0-9-]{1,39}\\z")]
    private static partial Regex ShortName();

    private static Command List()
    {
        var ids = new Option<bool>("--ids") { Description = "With the id, by which messages from another group of hosts find it" };
        var command = new Command("list", "A line a practice.") { ids };
        command.SetAction(async (parsed, ct) =>
        {
            await using var session = await AdminSession.OpenAsync(parsed, ct, migrate: false);
            foreach (var p in session.Practices.All.OrderBy(p => p.Row.Slug))
            {
                Console.WriteLine($"{p.Row.Slug}\t{p.Row.Name}\t{p.Row.Status}{(p.Row.OutboundHeld ? ", outbound held" : "")}\t{string.Join(' ', p.Row.Hosts)}\t{p.Row.DatabaseName}{(parsed.GetValue(ids) ? $"\t{p.Id}" : "")}");
            }

            return 0;
        });
        return command;
    }

    private static Command Add()
    {
        var name = new Option<string>("--name") { Description = "What people read", Required = true };
        var zone = new Option<string>("--zone") { Description = "IANA time zone", DefaultValueFactory = _ => "America/New_York" };
        var hosts = new Option<string[]>("--host") { Description = "Host name that leads here; may be given several times", DefaultValueFactory = _ => [] };
        var url = new Option<string>("--url") { Description = "Base address for links, such as https://clinic.example", DefaultValueFactory = _ => "" };
        var id = new Option<Guid?>("--id") { Description = "The id that the practice has in another group of hosts; list --ids shows it" };
        var command = new Command("add", "Make a practice with its own database and print the first-run link.") { Slug, name, zone, hosts, url, id };
        command.SetAction(async (parsed, ct) =>
        {
            RequireShortName(parsed.GetValue(Slug)!);
            await using var session = await AdminSession.OpenAsync(parsed, ct, migrate: false, makes: true);
            if (session.Practices.FindSlug(parsed.GetValue(Slug)!) is not null)
            {
                throw new CommandFailedException($"There is a practice {parsed.GetValue(Slug)} already.");
            }

            if (parsed.GetValue(id) is { } known && session.Practices.Find(known) is { } same)
            {
                throw new CommandFailedException($"{same.Row.Slug} has this id already.");
            }

            if (!TimeZoneInfo.TryFindSystemTimeZoneById(parsed.GetValue(zone)!, out _))
            {
                throw new CommandFailedException($"{parsed.GetValue(zone)} is not a time zone; one is America/Chicago.");
            }

            var (names, address) = (PracticeAddressCommand.Hosts(session, null, parsed.GetValue(hosts)!), PracticeAddressCommand.Url(parsed.GetValue(url)!));
            var practice = await session.Services.GetRequiredService<PracticeMaker>().AddAsync(new(
                parsed.GetValue(Slug)!, parsed.GetValue(name)!, parsed.GetValue(zone)!, names,
                [new(Guid.CreateVersion7(), parsed.GetValue(name)!, parsed.GetValue(zone)!)], BaseUrl: address, Id: parsed.GetValue(id)), ct);
            var token = await FirstRun.FirstSetUp.IssueTokenAsync(session.Services, practice, ct);
            Console.WriteLine($"{practice.Row.Slug}: made. Open /first-run?token={token} at its address to set it up; the link works once, for a day.");
            return 0;
        });
        return command;
    }

    private static Command Rename()
    {
        var to = new Argument<string>("name") { Description = "New name that people read" };
        var command = new Command("rename", "Change what people read.") { Slug, to };
        command.SetAction(Change(to, static (catalogue, practice, name, ct) => catalogue.RenameAsync(practice, name, ct), "renamed"));
        return command;
    }

    private static Command Suspend()
    {
        var command = new Command("suspend", "Close a practice to everybody; nothing is deleted.") { Slug };
        command.SetAction(Change(null, static (catalogue, practice, _, ct) => catalogue.SetStatusAsync(practice, "suspended", ct), "suspended"));
        return command;
    }

    private static Command Resume()
    {
        var command = new Command("resume", "Open a suspended practice again.") { Slug };
        command.SetAction(Change(null, static (catalogue, practice, _, ct) => catalogue.SetStatusAsync(practice, "active", ct), "active"));
        return command;
    }

    private static Func<ParseResult, CancellationToken, Task<int>> Change(
        Argument<string>? value, Func<Catalogue, Practice, string, CancellationToken, Task> change, string done) => async (parsed, ct) =>
    {
        await using var session = await AdminSession.OpenAsync(parsed, ct, migrate: false);
        var practice = session.Practice(parsed.GetValue(Slug)!);
        await change(session.Catalogue, practice, value is null ? "" : parsed.GetValue(value)!, ct);
        Console.WriteLine($"{practice.Row.Slug}: {done}");
        return 0;
    };

    private static Command Export()
    {
        var folder = new Argument<string>("folder") { Description = "Empty folder to write into" };
        var command = new Command("export", "Write every table of a practice as CSV with a list of columns, and its files.") { Slug, folder };
        command.SetAction(async (parsed, ct) =>
        {
            await using var session = await AdminSession.OpenAsync(parsed, ct, migrate: false);
            var practice = session.Practice(parsed.GetValue(Slug)!);
            var tables = await PracticeExport.WriteAsync(practice, parsed.GetValue(folder)!, ct);
            Console.WriteLine($"{practice.Row.Slug}: {tables} tables exported to {Path.GetFullPath(parsed.GetValue(folder)!)}");
            return 0;
        });
        return command;
    }

    private static Command Delete()
    {
        var sure = new Option<string>("--confirm") { Description = "The short name again", Required = true };
        var command = new Command("delete", "Delete a practice and its database for ever. Back it up first.") { Slug, sure };
        command.SetAction(async (parsed, ct) =>
        {
            await using var session = await AdminSession.OpenAsync(parsed, ct, migrate: false);
            var practice = session.Practice(parsed.GetValue(Slug)!);
            if (parsed.GetValue(sure) != practice.Row.Slug)
            {
                throw new CommandFailedException($"--confirm must be {practice.Row.Slug}. Nothing was deleted.");
            }

            if (practice.Row.Status != "suspended")
            {
                throw new CommandFailedException($"{practice.Row.Slug} is in use. Suspend it first: practice suspend {practice.Row.Slug}");
            }

            await session.Catalogue.RemoveAsync(practice, ct);
            await session.Services.GetRequiredService<DatabaseServer>().DropDatabaseAsync(practice.Row.DatabaseName, ct, practice.Row.Server);
            Console.WriteLine($"{practice.Row.Slug}: deleted");
            return 0;
        });
        return command;
    }
}
