using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Audit;
using Modular.Host.Postgres;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Audit;

/// <summary>Each test does what only somebody with full rights on the database can do, and the verifier must say so.</summary>
public sealed class AuditVerifyTests : IAsyncLifetime
{
    private readonly Guid patient = Guid.CreateVersion7();
    private TestHost host = null!;
    private List<Guid> ids = [];

    public async ValueTask InitializeAsync()
    {
        host = await TestHost.StartAsync();
        for (var i = 0; i < 5; i++)
        {
            await WriteAsync($"Room {i}");
        }

        Assert.Equal(5, await Sealer.SealAsync(host.North, default));
        ids = await Query("select id from audit.entries order by seq", r => r.GetGuid(0));
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    private AuditSealer Sealer => host.Services.GetRequiredService<AuditSealer>();

    [Fact]
    public async Task An_untouched_log_is_intact_and_the_unsealed_tail_is_stated()
    {
        await WriteAsync("Not sealed yet");

        var report = await Verify();

        Assert.Empty(report.Faults);
        Assert.Equal((5, 1, 1), (report.Entries, report.Unsealed, report.Heads));
        Assert.NotNull(report.OldestUnsealed);
    }

    [Fact]
    public async Task The_chain_runs_on_through_many_seals_and_months()
    {
        await Query("select audit.ensure_partitions(date '2031-01-01', 2)");
        await Tamper("insert into audit.entries (id, at, log, person_name, correlation_id, module, place, what) select gen_random_uuid(), timestamptz '2031-01-31 12:00Z' + i * interval '1 day', 'access', 'x', gen_random_uuid(), 'core', '/', 'chart' from generate_series(1, 40) i");
        await Sealer.SealAsync(host.North, default);
        await WriteAsync("Now again");
        await Sealer.SealAsync(host.North, default);

        var report = await Verify();

        Assert.Empty(report.Faults);
        Assert.Equal((46, 3), (report.Entries, report.Heads));
        Assert.Equal(3, (await Query("select distinct tableoid::regclass::text from audit.entries", r => r.GetString(0))).Count);
    }

    [Theory]
    [InlineData("person_name = 'somebody else'")]
    [InlineData("at = at + interval '1 microsecond'")]
    [InlineData("patient_ids = '{}'")]
    [InlineData("reason = 'emergency'")]
    [InlineData("digest = decode(repeat('00', 32), 'hex')")]
    public async Task A_changed_entry_is_named(string change)
    {
        await Tamper($"update audit.entries set {change} where id = '{ids[2]}'");

        Assert.Contains((await Verify()).Faults, f => f.EntryId == ids[2] && f.Sentence.Contains("changed"));
    }

    [Fact]
    public async Task A_removed_entry_is_named_by_its_number_and_by_the_values_it_left()
    {
        await Tamper($"delete from audit.entries where id = '{ids[2]}'");

        var faults = (await Verify()).Faults;

        Assert.Contains(faults, f => f.Seq == 3 && f.Sentence.Contains("removed") && f.Sentence.Contains(ids[3].ToString()));
        Assert.Contains(faults, f => f.EntryId == ids[2] && f.Sentence.Contains("removed"));
    }

    [Fact]
    public async Task A_cut_off_end_is_found_by_the_heads_outside_the_database()
    {
        await Tamper($"delete from audit.entry_values where entry_id in ('{ids[3]}', '{ids[4]}'); delete from audit.entries where seq > 3");

        Assert.Contains((await Verify()).Faults, f => f.Sentence.StartsWith("Numbers 4 to 5 were removed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_entry_put_in_between_is_named()
    {
        var inserted = Guid.CreateVersion7();
        await Tamper($"""
            insert into audit.entries (id, at, log, person_name, correlation_id, module, place, what, seq, digest)
            select '{inserted}', at, 'access', 'somebody', gen_random_uuid(), 'core', '/', 'chart', 3, sha256('x') from audit.entries where seq = 3
            """);

        Assert.Contains((await Verify()).Faults, f => f.EntryId == inserted || f.EntryId == ids[2]);
        Assert.Contains((await Verify()).Faults, f => f.Sentence.Contains("taken twice"));
    }

    [Fact]
    public async Task Values_changed_or_removed_behind_the_log_are_named()
    {
        await Tamper($$"""update audit.entry_values set body = '{"name":[null,"Other"]}' where entry_id = '{{ids[1]}}'; delete from audit.entry_values where entry_id = '{{ids[2]}}'""");

        var faults = (await Verify()).Faults;

        Assert.Contains(faults, f => f.EntryId == ids[1] && f.Sentence.Contains("values") && f.Sentence.Contains("changed"));
        Assert.Contains(faults, f => f.EntryId == ids[2] && f.Sentence.Contains("without an erasure"));
    }

    [Fact]
    public async Task A_chain_rewritten_as_a_whole_contradicts_the_heads_outside_the_database()
    {
        await Tamper("update audit.entries set seq = null, digest = null, person_name = 'nobody'");
        var heads = host.Services.GetRequiredService<SealedHeads>().FileOf(host.North.Id);
        var kept = await File.ReadAllTextAsync(heads);
        await Sealer.SealAsync(host.North, default);
        await File.WriteAllTextAsync(heads, kept);

        Assert.Contains((await Verify()).Faults, f => f.Sentence.Contains("rewritten"));
    }

    [Fact]
    public async Task Erasing_a_patients_values_keeps_the_chain_whole_and_says_that_it_happened()
    {
        var erased = await Query($"select audit.erase_values('{patient}', gen_random_uuid(), now(), null, 'retention', gen_random_uuid(), 'seven years are over')", r => r.GetInt32(0));
        await Sealer.SealAsync(host.North, default);

        var report = await Verify();

        Assert.Equal(5, erased[0]);
        Assert.Empty(report.Faults);
        Assert.Equal((6, 5), (report.Entries, report.ErasedValues));
    }

    [Fact]
    public async Task Two_hosts_that_seal_at_once_make_one_chain()
    {
        for (var i = 0; i < 20; i++)
        {
            await WriteAsync($"More {i}");
        }

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Sealer.SealAsync(host.North, default)));

        var report = await Verify();
        Assert.Empty(report.Faults);
        Assert.Equal((25, 0), (report.Entries, report.Unsealed));
    }

    private Task<AuditReport> Verify() => host.Services.GetRequiredService<AuditVerifier>().VerifyAsync(host.North);

    private async Task WriteAsync(string name)
    {
        await using var scope = host.Scope(host.North);
        await using var db = RoomsDb.Open(scope.ServiceProvider);
        db.Add(new TestRoom { Name = name, PatientId = patient });
        await db.SaveChangesAsync();
    }

    /// <summary>As a database superuser who switches the triggers off.</summary>
    private async Task Tamper(string sql)
    {
        await using var command = host.North.Database.CreateCommand($"set session_replication_role = replica; {sql}; set session_replication_role = origin");
        await command.ExecuteNonQueryAsync();
    }

    private Task Query(string sql) => Query(sql, _ => 0);

    private async Task<List<T>> Query<T>(string sql, Func<Npgsql.NpgsqlDataReader, T> row)
    {
        await using var connection = await host.North.Database.OpenConnectionAsync();
        return await connection.QueryAsync(sql, [], row, default);
    }
}
