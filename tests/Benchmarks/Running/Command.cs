using System.Diagnostics;

namespace Modular.Benchmarks.Running;

/// <summary>Runs a command to its end.</summary>
public static class Command
{
    public static Task RunAsync(string program, params IEnumerable<string> arguments) => RunAsync(program, arguments, []);

    public static async Task RunAsync(string program, IEnumerable<string> arguments, IEnumerable<(string Name, string Value)> environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', start.ArgumentList)} failed:\n{await output}{await errors}");
        }
    }
}
