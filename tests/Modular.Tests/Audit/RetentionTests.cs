using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Audit;
using Modular.Host.Postgres;
using Modular.Tests.Harness;

namespace Modular.Tests.Audit;

/// <summary>Two old months and today in one chain, the old ones sealed when they were new; the practice keeps seven years.</summary>
public sealed class RetentionTests : IAsyncLifetime
{
    private readonly TestClock clock = new();
    private readonly TimeSpan back;
    private TestHost host = null!;

    public RetentionTests() => back = clock.GetUtcNow() - new DateTimeOffset(2012, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public async ValueTask InitializeAsync()
    {
        host = await TestHost.StartAsync(builder => builder.Services.AddSingleton<TimeProvider>(clock));
        clock.Move(-back);
        await RunAsync("""
            select audit.ensure_partitions(date '2012-01-01', 1);
            insert into audit.entries (id, at, log, person_name, correlation_id, module, place, what)
            select gen_random_uuid(), timestamptz '2012-01-02 12:00Z' + i * interval '1 day', 'access', 'x', gen_random_uuid(), 'core', '/', 'chart' from generate_series(1, 40) i
            """);
        await Sealer.SealAsync(host.North, default);
        await RunAsync("""
            insert into audit.entries (id, at, log, person_name, correlation_id, module, place, what) values (gen_random_uuid(), now(), 'access', 'x', gen_random_uuid(), 'core', '/', 'chart');
            """);
        await Sealer.SealAsync(host.North, default);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    /// <summary>Years later: today.</summary>
    private void Return()
    {
        if (clock.GetUtcNow().Year == 2012)
        {
            clock.Move(back);
        }
    }

    private AuditSealer Sealer => host.Services.GetRequiredService<AuditSealer>();

    [Fact]
    public async Task Months_past_retention_go_and_the_log_is_still_intact()
    {
        await WriteAsync("Old room", new(2012, 1, 20));

        await Sealer.SealAsync(host.North, default);
        var report = await RetainAsync();

        Assert.Equal((2, 41L, null), (report.Months, report.Entries, report.Refused));
        Assert.Equal(0, await CountAsync("select count(*) from audit.entries where at < '2013-01-01'"));
        Assert.Equal(0, await CountAsync("select count(*) from audit.entry_values v where not exists (select from audit.entries e where e.id = v.entry_id)"));
        Assert.Equal(1, await CountAsync("select count(*) from audit.entries where what = 'dropped 41 log entries from before 2012-03-01'"));
        await Sealer.SealAsync(host.North, default);
        Assert.Empty((await VerifyAsync()).Faults);
        Assert.Equal((0, 0L), ((await RetainAsync()).Months, (await RetainAsync()).Entries));
    }

    [Fact]
    public async Task Entries_that_are_removed_and_only_said_to_be_past_retention_are_found()
    {
        await RetainAsync();
        await Sealer.SealAsync(host.North, default);
        var last = await CountAsync("select max(seq) from audit.entries");

        await TamperAsync($"""
            insert into audit.dropped select seq, seq, digest, current_date, now() from audit.entries where seq = {last};
            delete from audit.entries where seq = {last}
            """);

        Assert.Contains((await VerifyAsync()).Faults, f => f.Sentence.StartsWith($"Numbers {last} to {last} were removed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_is_dropped_from_a_log_that_is_not_intact_or_not_sealed_or_not_covered_from_outside()
    {
        var heads = host.Services.GetRequiredService<SealedHeads>().FileOf(host.North.Id);
        var kept = await File.ReadAllTextAsync(heads, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(heads, "", TestContext.Current.CancellationToken);
        Assert.Contains("does not reach number 40", (await RetainAsync()).Refused, StringComparison.Ordinal);
        await File.WriteAllTextAsync(heads, kept, TestContext.Current.CancellationToken);

        await RunAsync("insert into audit.entries (id, at, log, person_name, correlation_id, module, place, what) values (gen_random_uuid(), '2012-01-05Z', 'access', 'x', gen_random_uuid(), 'core', '/', 'chart')");
        Assert.Equal("1 entries of those months are not sealed yet.", (await RetainAsync()).Refused);
        await Sealer.SealAsync(host.North, default);

        await TamperAsync("update audit.entries set person_name = 'somebody else' where seq = 7");
        Assert.Contains("The log is not intact (1 faults", (await RetainAsync()).Refused, StringComparison.Ordinal);
        Assert.Equal(41, await CountAsync("select count(*) from audit.entries where at < '2013-01-01'"));
    }

    private Task<RetentionReport> RetainAsync()
    {
        Return();
        return RunRetentionAsync();
    }

    private Task<RetentionReport> RunRetentionAsync() => host.Services.GetRequiredService<AuditRetention>().RunAsync(host.North, default);

    private Task<AuditReport> VerifyAsync() => host.Services.GetRequiredService<AuditVerifier>().VerifyAsync(host.North);

    /// <summary>A changed row with its values, moved to a day long ago before it is sealed.</summary>
    private async Task WriteAsync(string name, DateOnly day)
    {
        await using (var scope = host.Scope(host.North))
        {
            await using var db = RoomsDb.Open(scope.ServiceProvider);
            db.Add(new TestRoom { Name = name });
            await db.SaveChangesAsync();
        }

        await TamperAsync($"update audit.entries set at = '{day:yyyy-MM-dd}Z' where seq is null");
    }

    private async Task RunAsync(string sql)
    {
        await using var command = host.North.Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private Task TamperAsync(string sql) => RunAsync($"set session_replication_role = replica; {sql}; set session_replication_role = origin");

    private async Task<long> CountAsync(string sql)
    {
        await using var connection = await host.North.Database.OpenConnectionAsync();
        return (await connection.QueryAsync(sql, [], r => r.GetInt64(0), default))[0];
    }
}
