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

    public static Task<string> ConnectionAsync() => Connection.Value;

    private static async Task<string> StartAsync()
    {
        if (Environment.GetEnvironmentVariable("MODULAR_TEST_CONNECTION") is { Length: > 0 } given)
        {
            return given;
        }

        var folder = Directory.CreateTempSubdirectory("modular-tests-").FullName;
        var cluster = await EmbeddedPostgres.StartAsync(folder, new() { ThrowAway = true }, NullLogger.Instance, default);
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            cluster.DisposeAsync().AsTask().Wait(TimeSpan.FromSeconds(10));
            Directory.Delete(folder, recursive: true);
        };
        return cluster.ConnectionString("postgres").ConnectionString;
    }
}
