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

    /// <summary>
    /// Stops the cluster and removes its folder. The assembly's fixture calls it: a hundred thousand files take longer to delete
    /// than the test runner waits at the end of the process before it calls the run a failure.
    /// </summary>
    public static Task StopAsync() => Interlocked.Exchange(ref stop, () => Task.CompletedTask)();

    private static async Task<string> StartAsync()
    {
        if (Environment.GetEnvironmentVariable("MODULAR_TEST_CONNECTION") is { Length: > 0 } given)
        {
            return given;
        }

        var folder = Directory.CreateTempSubdirectory("modular-tests-").FullName;
        var cluster = await EmbeddedPostgres.StartAsync(folder, new() { ThrowAway = true }, NullLogger.Instance, default);
        stop = async () =>
        {
            await cluster.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        };
        AppDomain.CurrentDomain.ProcessExit += (_, _) => StopAsync().Wait(); // a run that was interrupted
        return cluster.ConnectionString("postgres").ConnectionString;
    }
}
