using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.IdentityModel.Tokens;
using Modular.Host.Postgres;
using Modular.Host.Practices;
using Npgsql;

namespace Modular.Host.Keys;

/// <param name="Key">With its private part where this installation can open it.</param>
/// <param name="Signs">False for a key of another installation, or one of which only the public part is needed.</param>
/// <param name="Seals">What codes and refresh tokens are encrypted with while the key signs: made of its private part, so that it comes and goes with it.</param>
public sealed record SigningKey(ECDsaSecurityKey Key, bool Signs, SymmetricSecurityKey? Seals, DateTimeOffset SignsFrom, DateTimeOffset EndsAt);

/// <summary>
/// The keys of each practice that sign its programs' tokens. A key signs for two months; the next is shown a day before it signs, and the one
/// before goes on being believed, so that nobody who remembers the list for some hours refuses a good token.
/// </summary>
public sealed class SigningKeys(KeyRing ring, TimeProvider clock)
{
    public static readonly TimeSpan SignsFor = TimeSpan.FromDays(60);
    public static readonly TimeSpan Overlap = TimeSpan.FromDays(1);
    private static readonly TimeSpan Remember = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<Guid, (DateTimeOffset At, IReadOnlyList<SigningKey> Keys)> known = new();

    /// <summary>All that may be believed now, those that will sign soon too.</summary>
    /// <param name="kid">A key that must be among them: another host may have made it just now.</param>
    public async Task<IReadOnlyList<SigningKey>> ValidAsync(Practice practice, string? kid, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (known.TryGetValue(practice.Id, out var read) && now - read.At < Remember && (kid is null || now - read.At < TimeSpan.FromSeconds(1) || read.Keys.Any(k => k.Key.KeyId == kid)))
        {
            return Valid(read.Keys, now);
        }

        await using var connection = await practice.OpenAsync(ct);
        return Valid(await ReadAsync(connection, practice, now, ct), now);
    }

    /// <summary>The key to sign with; made when there is none, and the next one made in time.</summary>
    public async Task<SigningKey> CurrentAsync(Practice practice, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var valid = await ValidAsync(practice, null, ct);
        if (Current(valid, now) is { } current && (current.SignsFrom + SignsFor - Overlap > now || valid.Any(k => k.SignsFrom > now)))
        {
            return current;
        }

        return await MakeAsync(practice, replace: false, ct);
    }

    /// <summary>A new key at once, for when somebody may have got hold of one; tokens of those before live out their minutes.</summary>
    public Task ReplaceAsync(Practice practice, CancellationToken ct) => MakeAsync(practice, replace: true, ct);

    private static SigningKey? Current(IReadOnlyList<SigningKey> keys, DateTimeOffset now) => keys.Where(k => k.Signs && k.SignsFrom <= now).MaxBy(k => k.SignsFrom);

    private static List<SigningKey> Valid(IReadOnlyList<SigningKey> keys, DateTimeOffset now) => [.. keys.Where(k => k.EndsAt > now)];

    private async Task<SigningKey> MakeAsync(Practice practice, bool replace, CancellationToken ct)
    {
        await using var connection = await practice.OpenAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        // Two hosts at once make one key: the second looks at its clock when it has waited, or the first one's key would be of the future.
        await connection.ExecuteAsync("select pg_advisory_xact_lock(hashtextextended('core signing keys', 0))", [], ct);
        var now = clock.GetUtcNow();
        var valid = Valid(await ReadAsync(connection, practice, now, ct), now);
        var current = Current(valid, now);
        if (replace)
        {
            await connection.ExecuteAsync("update core.signing_keys set ends_at = greatest(signs_from, $1) where ends_at > $1", [now + AccessTokens.Lasts + AccessTokens.Skew], ct);
        }

        if (replace || current is null || (current.SignsFrom + SignsFor - Overlap <= now && valid.All(k => k.SignsFrom <= now)))
        {
            await InsertAsync(connection, practice, now, replace || current is null || current.SignsFrom + SignsFor <= now ? now : now + Overlap, ct);
        }

        current = Current(await ReadAsync(connection, practice, now, ct), now);
        await transaction.CommitAsync(ct);
        return current!;
    }

    private async Task InsertAsync(NpgsqlConnection connection, Practice practice, DateTimeOffset now, DateTimeOffset signsFrom, CancellationToken ct)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var id = Guid.CreateVersion7(now);
        await connection.ExecuteAsync("insert into core.signing_keys (id, public_key, private_key, made_at, signs_from, ends_at) values ($1, $2, $3, $4, $5, $6)",
            [id, key.ExportSubjectPublicKeyInfo(), Protector(practice, id).Protect(key.ExportPkcs8PrivateKey()), now, signsFrom, signsFrom + SignsFor + Overlap], ct);
    }

    private async Task<IReadOnlyList<SigningKey>> ReadAsync(NpgsqlConnection connection, Practice practice, DateTimeOffset now, CancellationToken ct)
    {
        var rows = await connection.QueryAsync("select id, public_key, private_key, signs_from, ends_at from core.signing_keys where ends_at > $1", [now],
            r => Open(practice, r.GetGuid(0), r.GetFieldValue<byte[]>(1), r.GetFieldValue<byte[]>(2), r.GetFieldValue<DateTimeOffset>(3), r.GetFieldValue<DateTimeOffset>(4)), ct);
        known[practice.Id] = (now, rows);
        return rows;
    }

    private SigningKey Open(Practice practice, Guid id, byte[] shown, byte[] sealedKey, DateTimeOffset signsFrom, DateTimeOffset endsAt)
    {
        var key = ECDsa.Create();
        SymmetricSecurityKey? seals = null;
        try
        {
            var secret = Protector(practice, id).Unprotect(sealedKey);
            key.ImportPkcs8PrivateKey(secret, out _);
            seals = new(HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 32, info: "modular token encryption"u8.ToArray())) { KeyId = $"{id:N}-seal" };
        }
        catch (CryptographicException)
        {
            // A restored copy, or another installation's master key: it can be believed, not used.
            key.ImportSubjectPublicKeyInfo(shown, out _);
        }

        return new(new ECDsaSecurityKey(key) { KeyId = id.ToString("N"), CryptoProviderFactory = new() { CacheSignatureProviders = false } }, seals is not null, seals, signsFrom, endsAt);
    }

    private IDataProtector Protector(Practice practice, Guid id) => ring.For(practice, $"signing-key {id:N}");
}
