using System.Security.Cryptography;
using System.Text;
using Modular.Host.Postgres;
using Modular.Host.Practices;
using Npgsql;

namespace Modular.Host.SignIn;

/// <summary>What is tried; each has counters of its own.</summary>
public static class Tried
{
    public const string Password = "password";
    public const string Code = "code";

    /// <summary>By whoever sits at an open session, and so counted by session: nobody else gets at them.</summary>
    public const string Unlock = "unlock";
    public const string StepUp = "step-up";
    public const string NewPassword = "new password";
    public const string OwnCode = "own code";
}

/// <param name="Allowed">It may be looked at.</param>
/// <param name="WaitUntil">From this try on nothing is looked at before; null when more may follow.</param>
public sealed record Attempt(bool Allowed, DateTimeOffset? WaitUntil);

/// <summary>
/// Counts tries of passwords and codes before they are looked at, so that those sent at once get no more than those sent one by one. By name
/// and network address in the practice's database: five within a quarter of an hour shut that name for that address for five minutes, on every
/// host, and whether or not there is such a person. Against many machines also by name over all addresses, against one password tried on many
/// names also by address (in memory): neither of the two holds up a person where they signed in before.
/// </summary>
public sealed class SignInAttempts(TimeProvider clock)
{
    public const int PerName = 5;
    public const int PerNameElsewhere = 50;
    public const int PerAddress = 60;
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);
    public static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(5);

    // The row is locked while it counts: each of those that come at once gets a number of its own.
    private const string Count = """
        insert into core.sign_in_failures as f (name_digest, failures, first_at) values ($1, 1, $2)
        on conflict (name_digest) do update set
            failures = case when f.locked_until <= $2 or f.locked_until is null and f.first_at < $3 then 1 else f.failures + 1 end,
            first_at = case when f.locked_until <= $2 or f.locked_until is null and f.first_at < $3 then $2 else f.first_at end,
            locked_until = case
                when f.locked_until <= $2 or f.locked_until is null and f.first_at < $3 then null
                when f.locked_until is not null then f.locked_until
                when f.failures + 1 >= $4 then $5 end
        returning failures, locked_until
        """;

    private readonly Dictionary<(Guid, string), (int Count, DateTimeOffset From)> addresses = [];
    private readonly Lock gate = new();

    /// <param name="what">One of <see cref="Tried"/>.</param>
    /// <param name="who">Id of the person, the name as typed when it is nobody's, or the session.</param>
    /// <param name="address">Network address; empty where the session is enough.</param>
    public async Task<Attempt> CountAsync(Practice practice, string what, string who, string address, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var crowded = address.Length > 0 ? CountAddress(practice, address, now) : null;
        await using var connection = await practice.OpenAsync(ct);
        var here = await CountAsync(connection, $"{what} {who} {address}", PerName, LockedFor, now, ct);
        if (here.Count > PerName)
        {
            // Not looked at, so no guess of this address.
            TakeBack(practice, address);
            return new(false, here.Until);
        }

        if (address.Length == 0)
        {
            return new(true, here.Until);
        }

        var everywhere = await CountAsync(connection, $"{what} {who}", PerNameElsewhere, Window, now, ct);
        // Whoever has signed in from here before is held up by no stranger: neither by one elsewhere nor by one on the same network.
        return (crowded ?? (everywhere.Count > PerNameElsewhere ? everywhere.Until : null)) is { } until && !await IsKnownAsync(connection, who, address, ct)
            ? new(false, until) : new(true, here.Until);
    }

    /// <summary>It was right: what was counted for it is taken back.</summary>
    public async Task SucceededAsync(Practice practice, string what, string who, string address, CancellationToken ct)
    {
        TakeBack(practice, address);
        await using var connection = await practice.OpenAsync(ct);
        // Tries elsewhere stay counted: a person who signs in does not give a stranger fifty more.
        await connection.ExecuteAsync("delete from core.sign_in_failures where name_digest = $1", [Digest($"{what} {who} {address}")], ct);
    }

    private DateTimeOffset? CountAddress(Practice practice, string address, DateTimeOffset now)
    {
        lock (gate)
        {
            Sweep(now);
            var seen = addresses.GetValueOrDefault((practice.Id, address));
            var current = now - seen.From < Window ? seen : (Count: 0, From: now);
            if (current.Count >= PerAddress)
            {
                return current.From + Window;
            }

            addresses[(practice.Id, address)] = (current.Count + 1, current.From);
            return null;
        }
    }

    private void TakeBack(Practice practice, string address)
    {
        lock (gate)
        {
            if (addresses.TryGetValue((practice.Id, address), out var seen))
            {
                addresses[(practice.Id, address)] = (Math.Max(0, seen.Count - 1), seen.From);
            }
        }
    }

    private static async Task<(int Count, DateTimeOffset? Until)> CountAsync(
        NpgsqlConnection connection, string key, int most, TimeSpan lockedFor, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Count, connection);
        foreach (var value in new object[] { Digest(key), now, now - Window, most, now + lockedFor })
        {
            command.Parameters.Add(new() { Value = value });
        }

        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        return (row.GetInt32(0), row.IsDBNull(1) ? null : row.GetFieldValue<DateTimeOffset>(1));
    }

    /// <summary>The person has signed in from there before.</summary>
    private static async Task<bool> IsKnownAsync(NpgsqlConnection connection, string who, string address, CancellationToken ct)
    {
        if (!Guid.TryParseExact(who, "N", out var person))
        {
            return false;
        }

        await using var command = new NpgsqlCommand("select exists (select from core.sessions where person_id = $1 and ip = $2)", connection)
        {
            Parameters = { new() { Value = person }, new() { Value = address } },
        };
        return await command.ExecuteScalarAsync(ct) is true;
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
