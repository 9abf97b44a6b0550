using System.CommandLine;
using Modular.Host.Enabling;
using Modular.Host.Installing;
using Modular.Host.Logging;
using Modular.Host.Postgres;
using Modular.Host.Practices;
using Modular.Host.Start;
using Modular.Host.Upgrading;
using Npgsql;

namespace Modular.Host.Cli;

/// <summary>The verbs of the host. One file a verb; each says what it did in plain words and ends with 0, 1 (failed) or 2 (not understood).</summary>
public static class CommandLine
{
    /// <summary>From the signal to the end: running handlers get a minute, then the private cluster stops. Cut short, it would be left without its parent.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <param name="output">Where help goes; the console when left out.</param>
    /// <param name="errors">Where it is said what cannot be done; the console when left out.</param>
    public static async Task<int> RunAsync(string[] args, TextWriter? output = null, TextWriter? errors = null)
    {
        errors ??= Console.Error;
        var root = new RootCommand("Modular: practice management for medical offices.")
        {
            ServeCommand.Create(),
            MigrateCommand.Create(),
            UpgradeCommand.Create(),
            DoctorCommand.Create(),
            PracticeCommands.Create(),
            UserCommands.Create(),
            ImportCommand.Create(),
            RebuildCommand.Create(),
            ModuleCommands.Create(),
            AuditCommand.Create(),
            BackupCommand.Create(),
            RestoreCommand.Create(),
            HealthCommand.Create(),
        };
        try
        {
            if (ModuleVerbs.Fault(root, args) is { } fault)
            {
                await errors.WriteLineAsync(fault);
                return 2;
            }

            var parsed = root.Parse(args);
            if (parsed.Errors.Count > 0)
            {
                foreach (var error in parsed.Errors)
                {
                    await errors.WriteLineAsync(error.Message);
                }

                await errors.WriteLineAsync("--help shows what there is.");
                return 2;
            }

            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = output ?? Console.Out, ProcessTerminationTimeout = Patience });
        }
        catch (Exception e) when (Sentence(e) is { } sentence)
        {
            await errors.WriteLineAsync(sentence);
            return 1;
        }
    }

    /// <summary>What an administrator can act on; of a defect of ours, where it is: its own words may be a patient's.</summary>
    private static string? Sentence(Exception e) => e switch
    {
        CommandFailedException or SettingException or PackageRefusedException or EnablingRefusedException or PostgresUnavailableException or PracticeFaultException => e.Message,
        PostgresException p => $"The database refused: {Failure.Sql(p)}.",
        NpgsqlException => $"The database cannot be reached: {e.InnerException?.Message ?? e.Message}",
        OperationCanceledException => "Stopped.",
        UnauthorizedAccessException or IOException => e.Message,
        _ => $"This failed and should not have: {Failure.Chain(e)}.",
    };
}

/// <summary>A verb cannot do what was asked; the message is for the administrator.</summary>
public class CommandFailedException(string sentence) : Exception(sentence);
