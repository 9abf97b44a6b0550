using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Modular.Host.Postgres;

namespace Modular.Tests.Harness;

/// <summary>
/// The PostgreSQL server of this test run: a throw-away cluster, started once, gone with the process.
/// MODULAR_TEST_CONNECTION names another, for a developer who runs one test again and again.
/// </summary>
public static class TestServer
{
    private static readonly Lazy<Task<string>> Connection = new(StartAsync);
    private static Func<Task> stop = () => Task.CompletedTask;

    public static Task<string> ConnectionAsync() => Connection.Value;

    /// <summary>Its files are in memory: what a host leaves behind is taken away at once, which would be slow on a disk.</summary>
    public static bool IsInMemory { get; private set; }

    /// <summary>
    /// Stops the cluster and has its folder removed. The assembly's fixture calls it: the test runner waits only so long at the end of
    /// the process before it calls the run a failure.
    /// </summary>
    public static Task StopAsync() => Interlocked.Exchange(ref stop, () => Task.CompletedTask)();

    private static async Task<string> StartAsync()
    {
        if (Environment.GetEnvironmentVariable("MODULAR_TEST_CONNECTION") is { Length: > 0 } given)
        {
            return given;
        }

        var folder = Directory.CreateTempSubdirectory("modular-tests-").FullName;
        IsInMemory = new DriveInfo(folder).DriveFormat == "tmpfs";
        var cluster = await EmbeddedPostgres.StartAsync(folder, new() { ThrowAway = true }, NullLogger.Instance, default);
        stop = async () =>
        {
            await cluster.DisposeAsync();
            // A hundred thousand files take half a minute: nobody needs to wait for that.
            var remove = new ProcessStartInfo("setsid", ["rm", "-rf", folder]);
            remove.Environment.Clear();
            using var removing = Process.Start(remove);
        };
        AppDomain.CurrentDomain.ProcessExit += (_, _) => StopAsync().Wait(); // a run that was interrupted
        return cluster.ConnectionString("postgres").ConnectionString;
    }
}
