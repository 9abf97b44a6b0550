using Npgsql;
using System.Security.Cryptography;
using System.Text;
using Modular.Host.Practices;

namespace Modular.Host.People;

/// <summary>
/// Counts wrong passwords. By name in the practice's database (five within a quarter of an hour lock the name for five minutes,
/// on every host, whether or not such a person exists), and by network address in memory, against one password tried on many names.
/// </summary>
public sealed class SignInAttempts(TimeProvider clock)
{
    public const int FailuresPerName = 5;
    public const int FailuresPerAddress = 60;
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);
    public static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(5);

    private readonly Dictionary<(Guid, string), (int Count, DateTimeOffset From)> addresses = [];
    private readonly Lock gate = new();

    /// <summary>Until when the name or the address has to wait; null when it may try.</summary>
    public async Task<DateTimeOffset?> WaitUntilAsync(Practice practice, string key, string address, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        lock (gate)
        {
            if (addresses.TryGetValue((practice.Id, address), out var seen) && seen.Count >= FailuresPerAddress && now - seen.From < Window)
            {
                return seen.From + Window;
            }
        }

        await using var connection = await practice.OpenAsync(ct);
        await using var command = new NpgsqlCommand("select locked_until from core.sign_in_failures where name_digest = $1 and locked_until > $2", connection);
        command.Parameters.Add(new() { Value = Digest(key) });
        command.Parameters.Add(new() { Value = now });
        await using var row = await command.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct) ? row.GetFieldValue<DateTimeOffset>(0) : null;
    }

    /// <summary>One statement counts, so that parallel tries cannot lose a count.</summary>
    public async Task FailedAsync(Practice practice, string key, string address, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        lock (gate)
        {
            Sweep(now);
            var seen = addresses.GetValueOrDefault((practice.Id, address));
            addresses[(practice.Id, address)] = now - seen.From < Window ? (seen.Count + 1, seen.From) : (1, now);
        }

        await using var connection = await practice.OpenAsync(ct);
        await using var command = new NpgsqlCommand("""
            insert into core.sign_in_failures as f (name_digest, failures, first_at) values ($1, 1, $2)
            on conflict (name_digest) do update set
                failures = case when f.first_at < $3 or f.locked_until is not null and f.locked_until <= $2 then 1 else f.failures + 1 end,
                first_at = case when f.first_at < $3 or f.locked_until is not null and f.locked_until <= $2 then $2 else f.first_at end,
                locked_until = case
                    when f.locked_until > $2 then f.locked_until
                    when f.first_at >= $3 and f.locked_until is null and f.failures + 1 >= $4 then $5
                    else null end
            """, connection);
        foreach (var value in new object[] { Digest(key), now, now - Window, FailuresPerName, now + LockedFor })
        {
            command.Parameters.Add(new() { Value = value });
        }

        await command.ExecuteNonQueryAsync(ct);
    }

    public static async Task SucceededAsync(Practice practice, string key, CancellationToken ct)
    {
        await using var connection = await practice.OpenAsync(ct);
        await using var command = new NpgsqlCommand("delete from core.sign_in_failures where name_digest = $1", connection);
        command.Parameters.Add(new() { Value = Digest(key) });
        await command.ExecuteNonQueryAsync(ct);
    }

    private void Sweep(DateTimeOffset now)
    {
        if (addresses.Count > 10_000)
        {
            foreach (var old in addresses.Where(a => now - a.Value.From >= Window).Select(a => a.Key).ToList())
            {
                addresses.Remove(old);
            }
        }
    }

    private static string Digest(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
