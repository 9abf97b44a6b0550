using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Modular.Host.Postgres;
using Npgsql;

namespace Modular.Tests.Postgres;

/// <summary>A primary and its standby, which has everything that was acknowledged, as sdk/docs/operations.md sets them up.</summary>
public sealed class ReplicatedServer : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("modular-pair-").FullName;
    private readonly int[] ports = [FreePort(), FreePort()];
    private readonly PostgresBinaries binaries;

    private ReplicatedServer(PostgresBinaries binaries) => this.binaries = binaries;

    /// <summary>Names both; whichever is the primary answers.</summary>
    public string ConnectionString => $"Host=127.0.0.1:{ports[0]},127.0.0.1:{ports[1]};Username=modular;Target Session Attributes=primary";

    public static async Task<ReplicatedServer> StartAsync()
    {
        var server = new ReplicatedServer(await PostgresBinaries.FindServerAsync(null, default));
        File.SetUnixFileMode(server.folder, (UnixFileMode)0b111_101_101);
        if (Environment.UserName == "root")
        {
            await RunAsync("chown", "postgres", server.folder);
        }

        await server.RunAsUserAsync("initdb", "-D", server.Data(0), "-U", "modular", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
        await server.StartAsync(0);
        await server.RunAsUserAsync("pg_basebackup", "-h", "127.0.0.1", "-p", $"{server.ports[0]}", "-U", "modular", "-D", server.Data(1), "-R", "-X", "stream", "-C", "-S", "standby", "--checkpoint=fast", "--no-sync");
        await server.StartAsync(1);
        await server.SqlAsync(0, "alter system set synchronous_standby_names = '*'");
        await server.SqlAsync(0, "select pg_reload_conf()");
        while (await server.SqlAsync(0, "select exists (select from pg_stat_replication where sync_state = 'sync')") is not true)
        {
            await Task.Yield();
        }

        return server;
    }

    /// <summary>As when its machine stops: nothing is finished.</summary>
    public Task LosePrimaryAsync() => RunAsUserAsync("pg_ctl", "-D", Data(0), "-m", "immediate", "-W", "stop");

    public async Task PromoteStandbyAsync()
    {
        await RunAsUserAsync("pg_ctl", "-D", Data(1), "-w", "promote");
        // Alone now: nobody is there to confirm a commit.
        await SqlAsync(1, "alter system reset synchronous_standby_names");
        await SqlAsync(1, "select pg_reload_conf()");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var which in (int[])[0, 1])
        {
            if (File.Exists(Path.Combine(Data(which), "postmaster.pid")))
            {
                await RunAsUserAsync("pg_ctl", "-D", Data(which), "-m", "immediate", "-W", "stop");
            }
        }

        await RunAsync("rm", "-rf", folder);
    }

    private string Data(int which) => Path.Combine(folder, which == 0 ? "a" : "b");

    private Task StartAsync(int which) => RunAsUserAsync("pg_ctl", "-D", Data(which), "-l", Data(which) + ".log", "-w", "-o",
        $"-p {ports[which]} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200 -c fsync=off", "start");

    private async Task<object?> SqlAsync(int which, string sql)
    {
        await using var connection = new NpgsqlConnection($"Host=127.0.0.1;Port={ports[which]};Username=modular;Database=postgres;Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>PostgreSQL does not run as root.</summary>
    private Task RunAsUserAsync(string tool, params string[] arguments) =>
        Environment.UserName == "root" ? RunAsync("runuser", ["-u", "postgres", "--", binaries[tool], .. arguments]) : RunAsync(binaries[tool], arguments);

    private static async Task RunAsync(string program, params string[] arguments)
    {
        // Not redirected: a server that is started inherits the output, and its end would be waited for.
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = "/" })!;
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
