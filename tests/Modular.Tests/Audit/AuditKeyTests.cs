using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Audit;
using Modular.Host.Postgres;
using Modular.Sdk;
using Modular.Tests.Bus;
using Modular.Tests.Harness;

namespace Modular.Tests.Audit;

/// <summary>The key of the chain lies outside every database, and can be changed.</summary>
public sealed class AuditKeyTests : IDisposable
{
    private readonly string data = Directory.CreateTempSubdirectory("modular-keys-").FullName;

    public void Dispose() => Directory.Delete(data, recursive: true);

    private string KeyFile => Path.Combine(data, "master.key");

    [Fact]
    public async Task A_new_key_seals_what_comes_and_the_former_one_verifies_what_it_sealed()
    {
        await using var first = await StartAsync(null);
        using var manager = await first.SignInAsync(first.North, Roles.Manager);
        await SealAsync(first);
        var former = await File.ReadAllTextAsync(KeyFile);
        await File.WriteAllTextAsync(KeyFile, $"{Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}\n{former}\n");
        await using var second = await StartAsync(first.Catalogue);

        await SealAsync(second);

        Assert.Equal([], (await VerifyAsync(second)).Faults);
        Assert.Equal(2L, await second.North.AskAsync<long>("select count(distinct key_id) from audit.seals"));
        // What the former key encrypted is still read: somebody signed in stays so.
        using var again = new TestClient(second.Address, "north.localhost");
        foreach (Cookie cookie in manager.Cookies.GetAllCookies())
        {
            again.Cookies.Add(cookie);
        }

        Assert.Equal(HttpStatusCode.OK, (await again.GetAsync("/")).StatusCode);

        await File.WriteAllTextAsync(KeyFile, (await File.ReadAllLinesAsync(KeyFile))[0]);
        await using var third = await StartAsync(first.Catalogue);
        Assert.Contains((await VerifyAsync(third)).Faults, f => f.Sentence.Contains("which this host does not have: they cannot be judged", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_sealed_before_there_was_a_key_verifies_as_what_it_is_and_the_key_vouches_for_it_from_then_on()
    {
        await using var host = await StartAsync(null);
        await SealAsync(host);
        await UnkeyAsync(host);
        Assert.Equal([], (await VerifyAsync(host)).Faults);

        await SealAsync(host);

        var report = await VerifyAsync(host);
        Assert.Equal([], report.Faults);
        Assert.InRange(report.BeforeKey, 1, report.Entries - 1);
        await TamperAsync(host, "update audit.entries set what = 'nothing' where seq = 1");
        Assert.Contains((await VerifyAsync(host)).Faults, f => f.Sentence.Contains("(number 1) was changed", StringComparison.Ordinal));
    }

    /// <summary>Makes of what is sealed what the release before this one made.</summary>
    private static async Task UnkeyAsync(TestHost host)
    {
        await using var connection = await host.North.Database.OpenConnectionAsync();
        var entries = await connection.QueryAsync($"select {ChainedEntry.Columns} from audit.entries e where seq is not null order by seq", [], ChainedEntry.Read, default);
        var (digest, sql) = (new byte[32], new List<string> { "delete from audit.seals" });
        foreach (var entry in entries)
        {
            digest = entry.DigestAfter(digest, entry.Seq!.Value, null);
            sql.Add($"update audit.entries set digest = '\\x{Convert.ToHexStringLower(digest)}' where seq = {entry.Seq}");
        }

        await TamperAsync(host, string.Join("; ", sql));
        await host.Services.GetRequiredService<SealedHeads>().WriteAsync(host.North.Id, [new(entries.Count, digest, TimeProvider.System.GetUtcNow())], default);
    }

    private Task<TestHost> StartAsync(string? catalogue) => TestHost.StartAsync(catalogue: catalogue, options: o => o with { DataDirectory = data });

    private static async Task SealAsync(TestHost host)
    {
        await using (var scope = host.Scope(host.North))
        {
            await using var db = RoomsDb.Open(scope.ServiceProvider);
            db.Add(new TestRoom { Name = $"Room {Guid.NewGuid()}" });
            await db.SaveChangesAsync();
        }

        await host.Services.GetRequiredService<AuditSealer>().SealAsync(host.North, default);
    }

    private static Task<AuditReport> VerifyAsync(TestHost host) => host.Services.GetRequiredService<AuditVerifier>().VerifyAsync(host.North);

    private static async Task TamperAsync(TestHost host, string sql)
    {
        await using var command = host.North.Database.CreateCommand($"set session_replication_role = replica; {sql}; set session_replication_role = origin");
        await command.ExecuteNonQueryAsync();
    }
}
