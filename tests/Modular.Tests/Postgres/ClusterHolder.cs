using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Modular.Host.Postgres;

namespace Modular.Tests.Postgres;

/// <summary>
/// A second process that starts a cluster and holds it until it is killed: what no test can do to its own process.
/// It is this very test assembly, run for one explicit test that nothing else runs.
/// </summary>
public sealed class ClusterHolder
{
    private const string Folder = "MODULAR_TEST_CLUSTER";

    [Fact(Explicit = true)]
    public async Task Hold_a_cluster_until_killed()
    {
        var folder = Environment.GetEnvironmentVariable(Folder) ?? throw new InvalidOperationException($"{Folder} is not set.");
        var ct = TestContext.Current.CancellationToken;
        await using var cluster = await EmbeddedPostgres.StartAsync(folder, Cluster.ThrowAway, NullLogger.Instance, ct);
        await Cluster.DoAsync(cluster.ConnectionString("postgres"), "create table if not exists kept as select generate_series(1, 1000) as n");
        await File.WriteAllTextAsync(Path.Combine(folder, "holder.new"), cluster.ProcessId.ToString(CultureInfo.InvariantCulture), ct);
        File.Move(Path.Combine(folder, "holder.new"), Path.Combine(folder, "holder"));
        await cluster.Exited;
    }

    /// <returns>The holding process and the number of its server's process.</returns>
    internal static async Task<(Process Holder, int Server)> StartAsync(string folder, params string[] asUser)
    {
        var holder = Cluster.Start(
            [.. asUser, Environment.ProcessPath is { } p && Path.GetFileName(p) == "dotnet" ? p : "dotnet", typeof(ClusterHolder).Assembly.Location,
                "-method", $"{typeof(ClusterHolder).FullName}.{nameof(Hold_a_cluster_until_killed)}", "-explicit", "only"],
            new() { [Folder] = folder, ["DOTNET_CLI_HOME"] = "/tmp", ["HOME"] = "/tmp" });
        var output = holder.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var note = Path.Combine(folder, "holder");
        await Cluster.UntilAsync(() => File.Exists(note) || holder.HasExited, "the other process has its cluster");
        Assert.True(File.Exists(note), holder.HasExited ? await output : "");
        return (holder, int.Parse(await File.ReadAllTextAsync(note, TestContext.Current.CancellationToken), CultureInfo.InvariantCulture));
    }
}
