using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Modular.Tests.Partners;

/// <summary>A command as a person types it in a folder.</summary>
internal static class Command
{
    /// <summary>Runs it to its end and gives what it said; fails with that unless it ends with 0.</summary>
    public static async Task<string> RunAsync(string folder, Dictionary<string, string?> environment, string program, params string[] arguments)
    {
        var (code, said) = await TryAsync(folder, environment, program, arguments);
        Assert.True(code == 0, $"{program} {string.Join(' ', arguments)} ended with {code}:\n{said}");
        return said;
    }

    public static async Task<(int Code, string Said)> TryAsync(string folder, Dictionary<string, string?> environment, string program, params string[] arguments)
    {
        using var process = Start(folder, environment, program, arguments, out var said);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, said());
    }

    public static Process Start(string folder, Dictionary<string, string?> environment, string program, string[] arguments, out Func<string> said)
    {
        // A build takes both processors; tests that run beside it wait for their hosts with a bound, and go first.
        var start = new ProcessStartInfo("nice", ["-n", "5", program, .. arguments]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var text = new StringBuilder();
        var process = new Process { StartInfo = start };
        void Note(object sender, DataReceivedEventArgs line)
        {
            lock (text)
            {
                text.AppendLine(line.Data);
            }
        }

        process.OutputDataReceived += Note;
        process.ErrorDataReceived += Note;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        said = () =>
        {
            lock (text)
            {
                return text.ToString();
            }
        };
        return process;
    }

    /// <summary>Asks again and again until it is so; false when the process ended first, or after two minutes.</summary>
    public static async Task<bool> UntilAsync(Process run, Func<Task<bool>> met)
    {
        // Five minutes: a command builds first, and may share two processors with other builds.
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        for (var tries = 0; tries < 1200 && !run.HasExited; tries++)
        {
            await tick.WaitForNextTickAsync();
            try
            {
                if (await met())
                {
                    return true;
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }
        }

        return false;
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
