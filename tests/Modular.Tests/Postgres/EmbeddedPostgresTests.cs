using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Modular.Host.Postgres;
using Npgsql;

namespace Modular.Tests.Postgres;

public sealed class EmbeddedPostgresTests : IDisposable
{
    private readonly TestFolder _folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_starts_in_a_new_folder_and_again_without_making_the_files_anew()
    {
        string made;
        await using (var first = await Cluster.StartAsync(_folder["cluster"]))
        {
            made = await IdentifierOf(first);
        }

        Assert.Equal("shut down", await Cluster.StateAsync(_folder["cluster"]));
        await using var second = await Cluster.StartAsync(_folder["cluster"]);
        Assert.Equal(made, await IdentifierOf(second));
        Assert.Equal("1.1", await Cluster.AskAsync<string>(second.ConnectionString("postgres"), "show random_page_cost"));
        Assert.Equal("off", await Cluster.AskAsync<string>(second.ConnectionString("postgres"), "show fsync"));

        static Task<string> IdentifierOf(EmbeddedPostgres cluster) =>
            Cluster.AskAsync<string>(cluster.ConnectionString("postgres"), "select system_identifier::text from pg_control_system()");
    }

    [Fact]
    public async Task A_cluster_that_is_kept_forces_its_writes_to_disk()
    {
        await using var cluster = await StartKeptAsync();
        Assert.Equal("on", await Cluster.AskAsync<string>(cluster.ConnectionString("postgres"), "show fsync"));
        Assert.Equal("on", await Cluster.AskAsync<string>(cluster.ConnectionString("postgres"), "show full_page_writes"));
    }

    [Fact]
    public async Task Nobody_reaches_it_by_network_or_as_another_role()
    {
        await using var cluster = await Cluster.StartAsync(_folder["cluster"]);
        var where = cluster.ConnectionString("postgres");
        Assert.Equal("", await Cluster.AskAsync<string>(where, "show listen_addresses"));
        Assert.Equal(0L, await Cluster.AskAsync<long>(where, "select count(*) from pg_hba_file_rules where auth_method <> 'peer'"));
        await Cluster.DoAsync(where, "create role intruder login superuser");
        where.Username = "intruder";
        var refused = await Assert.ThrowsAsync<PostgresException>(() => Cluster.AskAsync<int>(where, "select 1"));
        Assert.Equal(PostgresErrorCodes.InvalidAuthorizationSpecification, refused.SqlState);
    }

    [Fact]
    public async Task Values_of_a_failed_statement_stay_out_of_its_log()
    {
        await using (var cluster = await Cluster.StartAsync(_folder["cluster"]))
        {
            var where = cluster.ConnectionString("postgres");
            await Cluster.DoAsync(where, "create table person (name text primary key); insert into person values ('Canary Jones')");
            await Assert.ThrowsAsync<PostgresException>(() => Cluster.DoAsync(where, "insert into person values ('Canary Jones')"));
            await Assert.ThrowsAsync<PostgresException>(() => Cluster.DoAsync(where, "select 'Canary Jones'::int"));
        }

        var log = string.Concat(Directory.GetFiles(_folder["cluster/log"]).Select(File.ReadAllText));
        Assert.Contains("ready to accept connections", log, StringComparison.Ordinal);
        Assert.DoesNotContain("Canary", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_server_stops_cleanly_when_the_process_that_holds_it_is_killed()
    {
        var (holder, server) = await ClusterHolder.StartAsync(_folder["cluster"]);
        using (holder)
        {
            holder.Kill();
            await Cluster.UntilAsync(() => !Directory.Exists($"/proc/{server}"), "the server of the killed process has ended");
        }

        Assert.Equal("shut down", await Cluster.StateAsync(_folder["cluster"]));
        await using var again = await Cluster.StartAsync(_folder["cluster"]);
        Assert.Equal(1000L, await Cluster.AskAsync<long>(again.ConnectionString("postgres"), "select count(*) from kept"));
    }

    [Fact]
    public async Task It_starts_at_once_after_a_kill_though_the_old_server_may_still_be_stopping()
    {
        var (holder, server) = await ClusterHolder.StartAsync(_folder["cluster"]);
        using (holder)
        {
            holder.Kill();
            await holder.WaitForExitAsync(Ct);
        }

        await using var again = await Cluster.StartAsync(_folder["cluster"]);
        Assert.NotEqual(server, again.ProcessId);
        Assert.Equal(1000L, await Cluster.AskAsync<long>(again.ConnectionString("postgres"), "select count(*) from kept"));
    }

    [Fact]
    public async Task It_recovers_committed_rows_after_the_server_was_killed()
    {
        var cluster = await StartKeptAsync();
        await using (cluster)
        {
            await Cluster.DoAsync(cluster.ConnectionString("postgres"), "create table kept as select generate_series(1, 1000) as n");
            using var server = Process.GetProcessById(cluster.ProcessId);
            server.Kill();
            await cluster.Exited.WaitAsync(TimeSpan.FromSeconds(30), Ct);
        }

        Assert.Equal("in production", await Cluster.StateAsync(_folder["cluster"]));
        await using var again = await StartKeptAsync();
        Assert.Equal(1000L, await Cluster.AskAsync<long>(again.ConnectionString("postgres"), "select count(*) from kept"));
    }

    [Fact]
    public async Task A_process_number_left_by_a_dead_server_and_taken_by_another_process_does_not_stop_it()
    {
        await using (await Cluster.StartAsync(_folder["cluster"]))
        {
        }

        var stale = $"{Environment.ProcessId}\n{_folder["cluster/pgdata"]}\n0\n5432\n{_folder["cluster"]}\n\n0 0\nready\n";
        await File.WriteAllTextAsync(_folder["cluster/pgdata/postmaster.pid"], stale, Ct);
        Assert.Null(EmbeddedPostgres.FindRunning(_folder["cluster"], "postgres"));
        await using var again = await Cluster.StartAsync(_folder["cluster"]);
        Assert.Equal(1, await Cluster.AskAsync<int>(again.ConnectionString("postgres"), "select 1"));
    }

    [Fact]
    public async Task A_second_process_for_the_same_folder_is_told_so_and_can_use_the_first_ones_cluster()
    {
        await using var cluster = await Cluster.StartAsync(_folder["cluster"]);
        var refused = await Assert.ThrowsAsync<PostgresUnavailableException>(() => Cluster.StartAsync(_folder["cluster"]));
        Assert.Contains("already runs the database", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, await Cluster.AskAsync<int>(EmbeddedPostgres.FindRunning(_folder["cluster"], "postgres")!, "select 1"));
    }

    [Fact]
    public async Task A_path_too_long_for_a_socket_gets_a_short_private_one()
    {
        string sockets;
        await using (var cluster = await Cluster.StartAsync(_folder[new string('x', 120)]))
        {
            sockets = cluster.SocketDirectory;
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(sockets));
            Assert.Equal(1, await Cluster.AskAsync<int>(cluster.ConnectionString("postgres"), "select 1"));
            Assert.Equal(sockets, EmbeddedPostgres.FindRunning(cluster.DataDirectory, "postgres")!.Host);
        }

        Assert.False(Directory.Exists(sockets));
    }

    [Fact]
    public async Task A_folder_with_other_files_is_left_alone()
    {
        Directory.CreateDirectory(_folder["letters"]);
        await File.WriteAllTextAsync(_folder["letters/one.txt"], "Dear", Ct);
        var refused = await Assert.ThrowsAsync<PostgresUnavailableException>(() => Cluster.StartAsync(_folder["letters"]));
        Assert.Contains("holds other files", refused.Message, StringComparison.Ordinal);
        Assert.Single(Directory.GetFileSystemEntries(_folder["letters"]));
    }

    [Fact]
    public async Task Files_of_another_major_version_are_named_not_touched()
    {
        await using (await Cluster.StartAsync(_folder["cluster"]))
        {
        }

        await File.WriteAllTextAsync(_folder["cluster/pgdata/PG_VERSION"], "9\n", Ct);
        var refused = await Assert.ThrowsAsync<PostgresUnavailableException>(() => Cluster.StartAsync(_folder["cluster"]));
        Assert.StartsWith("The data was written by PostgreSQL 9, but PostgreSQL ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task As_root_a_folder_that_the_servers_user_cannot_reach_is_named()
    {
        Assert.SkipUnless(Environment.UserName == "root", "Only root runs the server as another user.");
        Directory.CreateDirectory(_folder["closed"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var refused = await Assert.ThrowsAsync<PostgresUnavailableException>(() => Cluster.StartAsync(_folder["closed/inner/cluster"]));
        Assert.Contains($"because {_folder["closed"]} is closed to others", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_works_for_an_ordinary_user_and_ends_with_that_users_process()
    {
        Assert.SkipUnless(Environment.UserName == "root", "An ordinary user already runs every other test here.");
        await using var user = await OrdinaryUser.CreateAsync();
        var reach = Cluster.RunAsync(["setpriv", .. user.SetPriv, "test", "-r", typeof(EmbeddedPostgresTests).Assembly.Location]);
        Assert.SkipUnless(await reach.ContinueWith(t => t.IsCompletedSuccessfully, Ct), "The build output is closed to other users.");
        await Cluster.RunAsync(["install", "-d", "-m", "0700", "-o", user.Name, _folder["cluster"]]);

        var (holder, server) = await ClusterHolder.StartAsync(_folder["cluster"], ["setpriv", .. user.SetPriv]);
        using (holder)
        {
            Assert.Equal(user.Name, (await Cluster.RunAsync(["stat", "-c", "%U", $"/proc/{server}"])).Trim());
            var running = EmbeddedPostgres.FindRunning(_folder["cluster"], "postgres")!;
            await Assert.ThrowsAsync<PostgresException>(() => Cluster.AskAsync<int>(running, "select 1")); // root is not on its list
            holder.Kill();
            await Cluster.UntilAsync(() => !Directory.Exists($"/proc/{server}"), "the ordinary user's server has ended");
        }

        Assert.Equal("shut down", await Cluster.StateAsync(_folder["cluster"]));
    }

    private Task<EmbeddedPostgres> StartKeptAsync() => EmbeddedPostgres.StartAsync(_folder["cluster"], null, NullLogger.Instance, Ct);

    private sealed record OrdinaryUser(string Name) : IAsyncDisposable
    {
        public string[] SetPriv => [$"--reuid={Name}", $"--regid={Name}", "--clear-groups", "--"];

        public static async Task<OrdinaryUser> CreateAsync()
        {
            var user = new OrdinaryUser($"modtest{Environment.ProcessId}");
            await Cluster.RunAsync(["useradd", "--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", user.Name]);
            return user;
        }

        public async ValueTask DisposeAsync() => await Cluster.RunAsync(["userdel", Name]);
    }
}
