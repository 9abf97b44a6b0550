using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Audit;
using Modular.Host.Postgres;
using Modular.Tests.Bus;
using Modular.Tests.Harness;

namespace Modular.Tests.Audit;

/// <summary>Nine ways to tamper with the log, by somebody who has every right on the database and none of the host's key. Two seals, five entries.</summary>
public sealed class TamperTests : IAsyncLifetime
{
    private TestHost host = null!;
    private SealedHeads heads = null!;

    public async ValueTask InitializeAsync()
    {
        host = await TestHost.StartAsync();
        heads = host.Services.GetRequiredService<SealedHeads>();
        await SealAsync(3);
        await SealAsync(2);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    private string HeadsFile => heads.FileOf(host.North.Id);

    [Fact]
    public async Task Nothing_done_nothing_found()
    {
        var report = await VerifyAsync();

        Assert.Equal([], report.Faults);
        Assert.Equal((5L, 2, 0L, 0), (report.Entries, report.Heads, report.BeforeKey, report.NotHere));
    }

    [Theory]
    [InlineData("an entry is changed", "update audit.entries set what = 'nothing' where seq = 2", "(number 2) was changed or inserted.")]
    [InlineData("an entry is deleted in the middle", "delete from audit.entries where seq = 2", "Number 2, just before entry")]
    [InlineData("entries are deleted at the end", "delete from audit.entries where seq > 3", "Numbers 4 to 5 were removed: number 5 was sealed at")]
    [InlineData("entries are deleted at the end with their seal", "delete from audit.entries where seq > 3; delete from audit.seals where number = 2", "has seals that the database has no more: 1")]
    [InlineData("an entry is inserted", """
        insert into audit.entries (id, at, log, person_name, correlation_id, module, place, what, seq, digest)
        select gen_random_uuid(), at, log, person_name, gen_random_uuid(), module, place, what, 6, sha256('x') from audit.entries where seq = 5
        """, "Numbers 6 to 6 are in the chain and no seal covers them")]
    [InlineData("two entries change places", """
        update audit.entries e set seq = o.seq, digest = o.digest from audit.entries o where (e.seq = 1 and o.seq = 2) or (e.seq = 2 and o.seq = 1)
        """, "(number 1) was changed or inserted.")]
    [InlineData("a seal is removed", "delete from audit.seals where number = 1", "Seals 1 to 1, before that of")]
    [InlineData("a seal is changed", "update audit.seals set sealed_at = sealed_at - interval '1 hour' where number = 2", "Seal 2 of")]
    public async Task In_the_database(string way, string sql, string sentence)
    {
        await TamperAsync(sql);

        var faults = (await VerifyAsync()).Faults;

        Assert.True(faults.Any(f => f.Sentence.Contains(sentence, StringComparison.Ordinal)), $"{way}: {string.Join('\n', faults.Select(f => f.Sentence))}");
    }

    [Fact]
    public async Task An_entry_dated_before_what_is_sealed_is_flagged_before_and_after_it_is_sealed_itself()
    {
        await TamperAsync("""
            select audit.ensure_partitions((now() - interval '40 days')::date, 2);
            insert into audit.entries (id, at, log, person_name, correlation_id, module, place, what)
            values ('00000000-0000-7000-8000-00000000ba0c', now() - interval '40 days', 'access', 'somebody', gen_random_uuid(), 'core', '/', 'chart')
            """);

        Assert.Contains("00000000ba0c, not sealed yet, is dated", Assert.Single((await VerifyAsync()).Faults).Sentence, StringComparison.Ordinal);
        await SealAsync(1);
        Assert.EndsWith("it was dated back.", Assert.Single((await VerifyAsync()).Faults).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_heads_file_is_missing()
    {
        File.Delete(HeadsFile);

        var fault = Assert.Single((await VerifyAsync()).Faults);
        Assert.Contains($"The heads file {HeadsFile} is missing; 2 heads must be in it", fault.Sentence, StringComparison.Ordinal);
        await SealAsync(1);
        Assert.Contains("2 of its 3 heads are missing", Assert.Single((await VerifyAsync()).Faults).Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task The_heads_file_is_trimmed(int line)
    {
        var lines = await File.ReadAllLinesAsync(HeadsFile);
        await File.WriteAllLinesAsync(HeadsFile, lines.Where((_, i) => i != line));

        Assert.Contains($"was trimmed or changed: 1 of its 2 heads are missing, from seal {line + 1} of", Assert.Single((await VerifyAsync()).Faults).Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task The_whole_chain_is_computed_anew_by_somebody_without_the_key(bool withOtherKey, bool headsToo)
    {
        var key = withOtherKey ? new AuditKey(RandomNumberGenerator.GetBytes(32)) : null;
        var forged = await RewriteAsync(key);
        if (headsToo)
        {
            await heads.WriteAsync(host.North.Id, [forged], default);
        }

        Assert.Contains((await VerifyAsync()).Faults, f => f.Sentence.Contains(withOtherKey ? "which this host does not have" : "has seals that the database has no more: 2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_of_heads_that_was_lost_is_written_anew_and_the_log_says_so()
    {
        File.Delete(HeadsFile);

        Assert.Equal(2, await host.Services.GetRequiredService<LostHeads>().WriteAsync(host.North, default));

        await SealAsync(1);
        Assert.Equal([], (await VerifyAsync()).Faults);
        Assert.Equal(1L, await host.North.AskAsync<long>("select count(*) from audit.entries where what = 'wrote the heads file of this host anew, 2 heads'"));
    }

    [Fact]
    public async Task A_crash_between_the_commit_and_the_file_is_mended_and_is_no_fault()
    {
        await using var other = await TestHost.StartAsync(catalogue: host.Catalogue);
        var lines = await File.ReadAllLinesAsync(HeadsFile);
        await File.WriteAllTextAsync(HeadsFile, $"{lines[0]}\n{lines[1][..40]}");

        await SealAsync(1, other);

        Assert.Equal([], (await VerifyAsync()).Faults);
        Assert.Equal(4, (await File.ReadAllLinesAsync(HeadsFile)).Length);
    }

    /// <summary>Entries as they are, digests by this key, one seal over all of them or none.</summary>
    private async Task<SealedHead> RewriteAsync(AuditKey? key)
    {
        await using var connection = await host.North.Database.OpenConnectionAsync();
        var entries = await connection.QueryAsync($"select {ChainedEntry.Columns} from audit.entries e where seq is not null order by seq", [], ChainedEntry.Read, default);
        var digest = new byte[32];
        var sql = new List<string> { "delete from audit.seals", "update audit.entries set what = 'nothing' where seq = 2" };
        foreach (var entry in entries)
        {
            var changed = entry.Seq == 2 ? entry with { Fields = [.. entry.Fields.Select((f, i) => i == 9 ? "nothing" : f)] } : entry;
            digest = changed.DigestAfter(digest, entry.Seq!.Value, key);
            sql.Add($"update audit.entries set digest = '\\x{Convert.ToHexStringLower(digest)}' where seq = {entry.Seq}");
        }

        await TamperAsync(string.Join("; ", sql));
        var head = new SealedHead(entries.Count, digest, TimeProvider.System.GetUtcNow());
        if (key is not null)
        {
            head = head.SealedBy(key, 1, 1, host.North.Id, heads.Host);
            await Seals.AddAsync(connection, head, default);
        }

        return head;
    }

    private async Task SealAsync(int entries, TestHost? by = null)
    {
        for (var i = 0; i < entries; i++)
        {
            await using var scope = (by ?? host).Scope((by ?? host).North);
            await using var db = RoomsDb.Open(scope.ServiceProvider);
            db.Add(new TestRoom { Name = $"Room {Guid.NewGuid()}" });
            await db.SaveChangesAsync();
        }

        await (by ?? host).Services.GetRequiredService<AuditSealer>().SealAsync((by ?? host).North, default);
    }

    private Task<AuditReport> VerifyAsync() => host.Services.GetRequiredService<AuditVerifier>().VerifyAsync(host.North);

    /// <summary>As a database superuser who switches the triggers off.</summary>
    private async Task TamperAsync(string sql)
    {
        await using var command = host.North.Database.CreateCommand($"set session_replication_role = replica; {sql}; set session_replication_role = origin");
        await command.ExecuteNonQueryAsync();
    }
}
