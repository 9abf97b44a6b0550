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

    /// <summary>Drops what a practice left on a server that stays. A throw-away one goes as a whole, which is faster.</summary>
    public static async Task ForgetAsync(DatabaseServer server, string catalogue)
    {
        if (Given is null)
        {
            return;
        }

        await using var source = server.DataSource("postgres", 1);
        await using var find = source.CreateCommand("select datname from pg_database where starts_with(datname, $1)");
        find.Parameters.Add(new() { Value = catalogue });
        var left = new List<string>();
        await using (var reader = await find.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                left.Add(reader.GetString(0));
            }
        }

        foreach (var database in left)
        {
            await server.DropDatabaseAsync(database, default);
        }
    }

    private static string? Given => Environment.GetEnvironmentVariable("MODULAR_TEST_CONNECTION") is { Length: > 0 } given ? given : null;

    private static async Task<string> StartAsync()
    {
        if (Given is { } given)
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
