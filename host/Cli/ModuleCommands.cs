using System.CommandLine;
using Modular.Host.Audit;
using Modular.Host.Data;
using Modular.Host.Installing;
using Modular.Host.Judging;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.Cli;

/// <summary>What is installed on this host. No module is loaded for these verbs: they must work when one of them cannot be.</summary>
public static class ModuleCommands
{
    internal static readonly Argument<string> Id = new("module") { Description = "Id of the module, such as referrals" };

    internal static readonly Actor Administrator = Actor.System("command line");

    public static Command Create()
    {
        var module = new Command("module", "Install, list, remove, keep or purge modules.") { Install(), List(), ModuleRemoveCommand.Remove(), ModuleRemoveCommand.Keep(), ModulePurgeCommand.Create() };
        module.AddConnection();
        return module;
    }

    private static Command Install()
    {
        var file = new Argument<string>("file") { Description = "The .zip that the module's maker packed" };
        var unsigned = new Option<bool>("--unsigned") { Description = "Take it although no trusted publisher signed it" };
        var replaces = new Option<string?>("--replace-publisher") { Description = "Who signed the module that is there, when this package of another publisher is the same one" };
        var command = new Command("install", "Check a package and install or upgrade its module. Starts with the next start of the host.") { file, unsigned, replaces };
        command.SetAction(async (parsed, ct) =>
        {
            await using var session = await AdminSession.OpenAsync(parsed, ct, migrate: false, safe: true, makes: true);
            await using var package = Open(parsed.GetValue(file)!);
            Installation done;
            try
            {
                done = session.Services.GetRequiredService<ModuleInstaller>().Install(package,
                    new(parsed.GetValue(unsigned), await AppliedMigration.ReadAsync(session.Practices, ct), parsed.GetValue(replaces)));
            }
            catch (PackageRefusedException e) when (e.Message == ModuleInstaller.Unsigned)
            {
                throw new PackageRefusedException($"{e.Message} If you know where it comes from, install it with --unsigned.");
            }

            await NoteAsync(session, done.Manifest.Id, $"module {done.Manifest.Version} installed, {done.Signed}, SHA-256 {done.Sha256}", ct);
            Console.WriteLine($"{done.Manifest.Id}: {done.Manifest.Name} {done.Manifest.Version} is installed ({done.Signed}){(done.Before is null ? "" : $" in place of {done.Before}")}. Restart Modular to start it"
                + (done.Before is null ? ", then turn it on under Administration, Modules." : $"; if it does not start, {done.Before} runs again."));
            return 0;
        });
        return command;
    }

    private static FileStream Open(string file) => Directory.Exists(file) ? throw new CommandFailedException($"{file} is a folder. Name the .zip that the module's maker packed.")
        : File.Exists(file) ? File.OpenRead(file) : throw new CommandFailedException($"There is no file {file}.");

    private static Command List()
    {
        var command = new Command("list", "A line a module: id, version, name, how it stands and what the next start changes, its publisher.");
        command.SetAction(parsed =>
        {
            var options = AdminSession.Folders(parsed, new());
            var standings = new ModuleStandings(options);
            foreach (var standing in ManifestJudge.Discover(options).Select(module => standings.Of(module, module)))
            {
                var (module, said) = (standing.Module, string.Join(' ', new[] { standing.Reason ?? "good", standing.Restart }.Concat(standing.Notes).Where(n => n is not null)));
                Console.WriteLine($"{module.Id}\t{module.Manifest.Version}\t{module.Manifest.Name}\t{said}\t{standing.Publisher}");
            }

            return 0;
        });
        return command;
    }

    /// <summary>What happens on the host is in the log of every practice it serves.</summary>
    internal static async Task NoteAsync(AdminSession session, string id, string what, CancellationToken ct)
    {
        foreach (var practice in session.Practices.All)
        {
            await using var scope = session.Services.OpenScope(practice, Administrator);
            var work = scope.ServiceProvider.GetRequiredService<Work>();
            await using var write = await work.BeginAsync(null, ct);
            scope.ServiceProvider.GetRequiredService<AuditTrail>().Add(work, new(AuditTrail.Change, id, what, "modules"));
            await write.CommitAsync(ct);
        }
    }
}
