using System.ComponentModel;
using System.Diagnostics;

namespace Modular.Host.Postgres;

/// <summary>Runs a command-line tool to its end; cancelling ends the tool first.</summary>
internal static class Tool
{
    internal sealed record Outcome(int ExitCode, string Output, string Error);

    public static async Task<Outcome> RunAsync(
        IReadOnlyList<string> command, CancellationToken ct, IReadOnlyDictionary<string, string>? environment = null)
    {
        using var process = new Process { StartInfo = StartInfo(command, environment) };
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            throw new PostgresUnavailableException($"The program {command[0]} could not be started: {e.Message}.", e);
        }

        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.WaitForExitAsync(ct);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            throw;
        }

        return new Outcome(process.ExitCode, await output, await error);
    }

    /// <summary>As <see cref="RunAsync"/>, but a failure becomes a sentence that ends in the tool's own reason.</summary>
    public static async Task RunOrThrowAsync(
        string whatFailed, IReadOnlyList<string> command, CancellationToken ct, IReadOnlyDictionary<string, string>? environment = null)
    {
        var outcome = await RunAsync(command, ct, environment);
        if (outcome.ExitCode != 0)
        {
            throw new PostgresUnavailableException($"{whatFailed}: {Reason(outcome.Error)}");
        }
    }

    /// <remarks>
    /// Only lines the tool itself wrote count: the server's DETAIL and CONTEXT lines can hold a patient's data.
    /// A tool's own "error:" line says more than its "hint:" or "warning: errors ignored" below it.
    /// </remarks>
    public static string Reason(string stderr)
    {
        var lines = stderr.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var line = lines.LastOrDefault(l => l.Contains("error: ", StringComparison.Ordinal))
            ?? lines.LastOrDefault(l => l.Contains("FATAL: ", StringComparison.Ordinal))
            ?? lines.LastOrDefault()
            ?? "no reason given.";
        var detail = lines.LastOrDefault(l => l.Contains(": detail: ", StringComparison.Ordinal));
        return detail is null ? line : $"{line} ({detail[(detail.IndexOf(": detail: ", StringComparison.Ordinal) + 10)..]})";
    }

    internal static ProcessStartInfo StartInfo(IReadOnlyList<string> command, IReadOnlyDictionary<string, string>? environment)
    {
        var info = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = "/", // ours may be closed to the user the tool runs as
        };

        // Whatever the shell has set for another server (PGPORT, PGDATA, PGSERVICE …) must not reach these tools.
        foreach (var name in info.Environment.Keys.Where(k => k.StartsWith("PG", StringComparison.Ordinal)).ToList())
        {
            info.Environment.Remove(name);
        }

        info.Environment["LC_ALL"] = "C"; // reasons are read and shown in English
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            info.Environment[name] = value;
        }

        return info;
    }
}
