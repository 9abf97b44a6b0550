using Microsoft.Extensions.Logging.Abstractions;
using Modular.Host.Postgres;

namespace Modular.Testing;

/// <summary>
/// The PostgreSQL server of this test run: a throw-away cluster of the PostgreSQL 15 or later that is installed, started once and gone
/// with the process. <c>MODULAR_TEST_CONNECTION</c> names another server instead.
/// </summary>
internal static class TestServer
{
    private static readonly Lazy<Task<string>> Connection = new(StartAsync);

    public static Task<string> ConnectionAsync() => Connection.Value;

    private static async Task<string> StartAsync()
    {
        if (Environment.GetEnvironmentVariable("MODULAR_TEST_CONNECTION") is { Length: > 0 } given)
        {
            return given;
        }

        var folder = Directory.CreateTempSubdirectory("modular-testing-").FullName;
        var cluster = await EmbeddedPostgres.StartAsync(folder, new() { ThrowAway = true }, NullLogger.Instance, default);
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            cluster.DisposeAsync().AsTask().Wait();
            Directory.Delete(folder, recursive: true);
        };
        return cluster.ConnectionString("postgres").ConnectionString;
    }
}
