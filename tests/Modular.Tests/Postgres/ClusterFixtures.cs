using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Modular.Host.Postgres;
using Npgsql;

namespace Modular.Tests.Postgres;

/// <summary>A folder that any user can pass through, gone at the end of the test.</summary>
internal sealed class TestFolder : IDisposable
{
    private const UnixFileMode Open = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    public TestFolder()
    {
        Path = Directory.CreateTempSubdirectory("modular-test-").FullName;
        File.SetUnixFileMode(Path, Open);
    }

    public string Path { get; }

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

internal static class Cluster
{
    public static readonly EmbeddedPostgresOptions ThrowAway = new() { ThrowAway = true };

    public static Task<EmbeddedPostgres> StartAsync(string folder) =>
        EmbeddedPostgres.StartAsync(folder, ThrowAway, NullLogger.Instance, TestContext.Current.CancellationToken);

    public static async Task<T> AskAsync<T>(NpgsqlConnectionStringBuilder where, string sql)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var source = NpgsqlDataSource.Create(where);
        await using var command = source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(ct))!;
    }

    public static async Task DoAsync(NpgsqlConnectionStringBuilder where, string sql)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var source = NpgsqlDataSource.Create(where);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>The state the server itself wrote at its end: "shut down" after a clean stop, "in production" after a kill.</summary>
    public static async Task<string> StateAsync(string folder)
    {
        var binaries = await PostgresBinaries.FindServerAsync(null, TestContext.Current.CancellationToken);
        var output = await RunAsync([binaries["pg_controldata"], "-D", Path.Combine(folder, "pgdata")]);
        return output.Split('\n').Single(l => l.StartsWith("Database cluster state:", StringComparison.Ordinal)).Split(':')[1].Trim();
    }

    public static async Task<string> RunAsync(string[] command)
    {
        using var process = Start(command);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{string.Join(' ', command)} failed: {output}");
    }

    public static Process Start(string[] command, Dictionary<string, string>? environment = null)
    {
        var info = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true, WorkingDirectory = "/" };
        info.Environment["LC_ALL"] = "C";
        foreach (var (name, value) in environment ?? [])
        {
            info.Environment[name] = value;
        }

        return Process.Start(info)!;
    }

    public static async Task UntilAsync(Func<bool> condition, string what)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        bound.CancelAfter(TimeSpan.FromSeconds(60));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!condition())
        {
            try
            {
                await timer.WaitForNextTickAsync(bound.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"Waited in vain until {what}.");
            }
        }
    }
}
