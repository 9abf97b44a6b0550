using System.Diagnostics;
using Modular.Tests.Harness;

namespace Modular.Tests.Bus;

/// <summary>A host in a process of its own (tests/Modular.BusNode), to be killed.</summary>
public sealed class NodeProcess : IDisposable
{
    private readonly Process process;

    private NodeProcess(Process process) => this.process = process;

    public bool IsAlive => !process.HasExited;

    /// <param name="what">What it does, as its program describes.</param>
    public static Task<NodeProcess> StartAsync(string connection, string catalogue, string data, params string[] what) => StartAsync(null, connection, catalogue, data, what);

    /// <param name="broker">The file with the settings of a broker.</param>
    public static async Task<NodeProcess> StartAsync(string? broker, string connection, string catalogue, string data, string[] what)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardInput = true, WorkingDirectory = AppContext.BaseDirectory };
        foreach (var argument in (string[])[Assembly(), connection, catalogue, BusHost.PluginsFolder(), data, .. what])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["MODULAR_BROKER"] = broker;

        var node = new NodeProcess(Process.Start(start)!);
        Assert.Equal("ready", await node.process.StandardOutput.ReadLineAsync());
        return node;
    }

    /// <summary>Sends a line. The answer is null when the process was killed before it gave one.</summary>
    public async Task<string?> AskAsync(string line)
    {
        try
        {
            await process.StandardInput.WriteLineAsync(line);
            await process.StandardInput.FlushAsync();
            return await process.StandardOutput.ReadLineAsync();
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>The next line that it says.</summary>
    public Task<string?> ReadAsync() => process.StandardOutput.ReadLineAsync();

    /// <summary>The files that it has loaded.</summary>
    public Task<string> MapsAsync() => File.ReadAllTextAsync($"/proc/{process.Id}/maps");

    /// <param name="signal">STOP, after which it stands still, or CONT.</param>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>SIGKILL: nothing of the process runs after this.</summary>
    public void Kill()
    {
        if (IsAlive)
        {
            process.Kill();
            process.WaitForExit();
        }
    }

    public void Dispose()
    {
        Kill();
        process.Dispose();
    }

    private static string Assembly() =>
        Path.Combine(Repository.Root, "tests", "Modular.BusNode", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "Modular.BusNode.dll");
}
