using System.Diagnostics;
using System.Globalization;

namespace Modular.Benchmarks.Running;

/// <summary>A host of one version of the product that does what it is told, a line each; see Driver/Program.cs.</summary>
public sealed class DriverProcess : IAsyncDisposable
{
    private readonly Process process;

    private DriverProcess(Process process) => this.process = process;

    public static async Task<DriverProcess> StartAsync(string driver, string connection, string data, string modules)
    {
        var host = Path.Combine(Path.GetDirectoryName(driver)!, "Modular.Host");
        var start = new ProcessStartInfo("dotnet", ["exec", "--depsfile", $"{host}.deps.json", "--runtimeconfig", $"{host}.runtimeconfig.json", driver, connection, data, modules])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetDirectoryName(driver)!,
            Environment = { ["DOTNET_GCgen0size"] = ServerProcess.FirstGeneration },
        };
        var started = new DriverProcess(Process.Start(start)!);
        var said = await started.process.StandardOutput.ReadLineAsync();
        return said == "ready" ? started : throw new InvalidOperationException($"The driver {driver} said {said ?? "nothing"} when it started.");
    }

    public async Task<string> AskAsync(string line)
    {
        await process.StandardInput.WriteLineAsync(line);
        await process.StandardInput.FlushAsync();
        var answer = await process.StandardOutput.ReadLineAsync();
        return answer is not null && !answer.StartsWith("failed", StringComparison.Ordinal) ? answer : throw new InvalidOperationException($"{line}: {answer ?? "ended"}");
    }

    public async Task<IReadOnlyList<double>> NumbersAsync(string line) =>
        [.. (await AskAsync(line)).Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];

    /// <summary>Its input ends, so it stops.</summary>
    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(70));
        try
        {
            await process.WaitForExitAsync(bound.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
        }

        process.Dispose();
    }
}
