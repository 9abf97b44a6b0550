using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Modular.Benchmarks.Running;

/// <summary>A .NET server in a process of its own on a free loopback port; ended by its id.</summary>
public sealed partial class ServerProcess : IAsyncDisposable
{
    /// <summary>As the image sets it; for the bare pages too.</summary>
    public const string FirstGeneration = "0x2000000";

    private readonly Process process;
    private readonly Stopwatch sinceStart;
    private bool ended;

    private ServerProcess(Process process, Stopwatch sinceStart, int port) => (this.process, this.sinceStart, Port) = (process, sinceStart, port);

    public int Port { get; }

    public int Pid => process.Id;

    /// <param name="arguments">With <c>{port}</c> where the port belongs.</param>
    public static ServerProcess Start(string assembly, IEnumerable<string> arguments, string log)
    {
        var port = FreePort();
        // The log goes straight into a file, as an office's would: lines read here would cost this process, not the server.
        string[] command = ["-c", "exec dotnet \"$@\" > \"$0\" 2>&1", log, assembly, .. arguments.Select(a => a.Replace("{port}", port.ToString(), StringComparison.Ordinal))];
        var start = new ProcessStartInfo("/bin/sh", command)
        {
            WorkingDirectory = Path.GetDirectoryName(assembly)!,
            Environment = { ["DOTNET_GCgen0size"] = FirstGeneration },
        };
        var watch = Stopwatch.StartNew();
        var process = Process.Start(start)!;
        return new(process, watch, port);
    }

    /// <summary>Asks every few milliseconds until the path answers 200. Returns the time since the process was started.</summary>
    public async Task<TimeSpan> AnswersAsync(string path, string host, TimeSpan? bound = null)
    {
        using var client = new HttpClient { BaseAddress = new($"http://127.0.0.1:{Port}") };
        var deadline = bound ?? TimeSpan.FromMinutes(5);
        while (sinceStart.Elapsed < deadline)
        {
            if (process.HasExited)
            {
                throw new InvalidOperationException($"The server of port {Port} ended with code {process.ExitCode} before it answered.");
            }

            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Host = host } };
                using var response = await client.SendAsync(request);
                if (response.StatusCode == HttpStatusCode.OK)
                {
                    return sinceStart.Elapsed;
                }
            }
            catch (HttpRequestException)
            {
                // Nobody listens yet.
            }

            await Task.Delay(2);
        }

        throw new TimeoutException($"{path} of {host} did not answer within {deadline.TotalSeconds:0} s.");
    }

    /// <summary>Resident memory, in bytes.</summary>
    public long Resident() => Kernel("VmRSS");

    /// <summary>The most it ever was, in bytes.</summary>
    public long MostResident() => Kernel("VmHWM");

    public TimeSpan Processor()
    {
        process.Refresh();
        return process.TotalProcessorTime;
    }

    private long Kernel(string field) =>
        long.Parse(File.ReadLines($"/proc/{Pid}/status").First(l => l.StartsWith(field, StringComparison.Ordinal)).Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1]) * 1024;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Asks it to end, as an administrator does. Returns how long that took; what does not end within the bound is killed.</summary>
    public async Task<TimeSpan> StopAsync(TimeSpan bound)
    {
        ended = true;
        if (process.HasExited)
        {
            return TimeSpan.Zero;
        }

        const int terminate = 15;
        var watch = Stopwatch.StartNew();
        _ = SendSignal(Pid, terminate);
        using var over = new CancellationTokenSource(bound);
        try
        {
            await process.WaitForExitAsync(over.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        return watch.Elapsed;
    }

    public async ValueTask DisposeAsync()
    {
        if (!ended)
        {
            await StopAsync(TimeSpan.FromSeconds(20));
        }

        process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int pid, int signal);
}
