using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Modular.Tests.Bus;

/// <summary>
/// A RabbitMQ of its own for the tests of one class: on loopback, with its own ports, name, folder and port mapper, and gone with them.
/// Where the machine has none the tests are skipped.
/// </summary>
public sealed class RabbitServer : IAsyncLifetime
{
    private static readonly string? Program = Directory.Exists("/usr/lib/rabbitmq/lib")
        ? Directory.GetDirectories("/usr/lib/rabbitmq/lib", "rabbitmq_server-*").Select(d => Path.Combine(d, "sbin", "rabbitmq-server")).LastOrDefault(File.Exists)
        : null;

    private readonly string folder = Directory.CreateTempSubdirectory("modular-rabbit-").FullName;
    private readonly int[] ports = [FreePort(), FreePort(), FreePort()];
    private readonly string password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));
    private Process? mapper;
    private Process? server;

    public Uri Address => new($"amqp://modular:{password}@127.0.0.1:{ports[0]}/");

    public async ValueTask InitializeAsync()
    {
        if (Program is null)
        {
            return;
        }

        await File.WriteAllTextAsync(Path.Combine(folder, "rabbitmq.conf"), $"""
            listeners.tcp.1 = 127.0.0.1:{ports[0]}
            default_user = modular
            default_pass = {password}
            disk_free_limit.absolute = 1MB
            vm_memory_high_watermark.absolute = 512MB
            """);
        await File.WriteAllTextAsync(Path.Combine(folder, "plugins"), "[].");
        // Started by the server it would stay behind it.
        mapper = Start("epmd", "-port", $"{ports[2]}", "-address", "127.0.0.1");
        await ReachedAsync(ports[2]);
    }

    /// <summary>Skips the test where there is no server to be had.</summary>
    public static void Need() => Assert.SkipWhen(Program is null, "RabbitMQ is not installed (on Debian: rabbitmq-server), so nothing was tried with a real broker.");

    /// <summary>The same; the server runs from here on.</summary>
    public Task NeedAsync()
    {
        Need();
        return server is null ? StartAsync() : Task.CompletedTask;
    }

    public async Task StartAsync()
    {
        server = Start(Program!);
        try
        {
            await ReachedAsync(ports[0]);
        }
        catch
        {
            Kill();
            throw;
        }
    }

    /// <summary>As when its machine stops: nothing is finished.</summary>
    public void Kill()
    {
        server?.Kill(entireProcessTree: true);
        server?.WaitForExit();
        server?.Dispose();
        server = null;
    }

    public ValueTask DisposeAsync()
    {
        Kill();
        mapper?.Kill();
        mapper?.WaitForExit();
        mapper?.Dispose();
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in new Dictionary<string, string>
        {
            ["HOME"] = folder,
            ["RABBITMQ_NODENAME"] = $"modular-{ports[0]}@localhost",
            ["RABBITMQ_DIST_PORT"] = $"{ports[1]}",
            ["RABBITMQ_MNESIA_BASE"] = Path.Combine(folder, "data"),
            ["RABBITMQ_LOG_BASE"] = Path.Combine(folder, "log"),
            ["RABBITMQ_CONFIG_FILE"] = Path.Combine(folder, "rabbitmq"),
            ["RABBITMQ_CONF_ENV_FILE"] = "/dev/null",
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(folder, "plugins"),
            ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "-kernel inet_dist_use_interface {127,0,0,1} +S 1:1 +sbwt none +sbwtdcpu none +sbwtdio none",
            ["ERL_EPMD_PORT"] = $"{ports[2]}",
            ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
        })
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static async Task ReachedAsync(int port)
    {
        var end = Stopwatch.GetTimestamp() + 300 * Stopwatch.Frequency;
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException) when (Stopwatch.GetTimestamp() < end)
            {
                await tick.WaitForNextTickAsync();
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
