using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Modular.Host.Audit;
using Modular.Host.Data;
using Modular.Host.Installed;
using Modular.Host.Keys;
using Modular.Host.Postgres;
using Modular.Host.Practices;
using Modular.Host.SignIn.Provider;
using Modular.Sdk;

namespace Modular.Host.Settings;

/// <param name="Since">When it was typed last; null when none is kept.</param>
public sealed record KeptSecret(SecretDeclaration Declared, DateTimeOffset? Since, string? By);

/// <summary>Sealed by the key ring, whose keys the master key outside the database encrypts. What is typed goes in; only the module's code gets it out.</summary>
public sealed class Secrets(Work work, ScopeContext scope, InstalledModules modules, KeyRing keys, AuditTrail trail, TimeProvider clock, ILogger<Secrets> log) : ISecrets
{
    public const int MaxLength = 4000;

    public async Task<string?> FindAsync(string id, CancellationToken ct = default)
    {
        if (!modules.WithCore.Any(m => m.Declared.Secrets.Any(s => s.Id == id)))
        {
            throw new InvalidOperationException($"{id} is not declared as a secret of any module.");
        }

        var connection = await work.OpenAsync(ct);
        var found = await connection.QueryAsync("select sealed from core.secrets where id = $1", [id], r => r.GetFieldValue<byte[]>(0), ct);
        try
        {
            return found.Count == 0 ? null : Encoding.UTF8.GetString(Protector(id).Unprotect(found[0]));
        }
        catch (CryptographicException)
        {
            log.LogWarning("The secret {Secret} was sealed with another installation's key; it must be typed again", id);
            return null;
        }
    }

    /// <summary>What the module declares and since when it is kept; never the secret itself.</summary>
    public async Task<IReadOnlyList<KeptSecret>> KeptAsync(string module, CancellationToken ct)
    {
        // The provider's secret has a page of its own, with a permission of its own.
        var declared = modules.Find(module)?.Declared.Secrets.Where(s => s.Id != Providers.SecretId).ToList() ?? [];
        if (declared.Count == 0)
        {
            return [];
        }

        var connection = await work.OpenAsync(ct);
        var kept = (await connection.QueryAsync("select id, changed_at, changed_by from core.secrets where id = any($1)", [declared.Select(d => d.Id).ToArray()],
            r => (Id: r.GetString(0), At: r.GetFieldValue<DateTimeOffset>(1), By: r.GetString(2)), ct)).ToDictionary(k => k.Id);
        return [.. declared.Select(d => kept.TryGetValue(d.Id, out var k) ? new KeptSecret(d, k.At, k.By) : new(d, null, null))];
    }

    /// <summary>When the secret was typed last; null when none is kept.</summary>
    public async Task<DateTimeOffset?> SinceAsync(string id, CancellationToken ct) =>
        (await (await work.OpenAsync(ct)).QueryAsync("select changed_at from core.secrets where id = $1", [id], r => (DateTimeOffset?)r.GetFieldValue<DateTimeOffset>(0), ct)).FirstOrDefault();

    /// <summary>Keeps what was typed, or forgets what was kept; the change log says that, not what.</summary>
    /// <param name="secret">Null forgets.</param>
    public async Task KeepAsync(string module, string id, string? secret, CancellationToken ct)
    {
        await using var write = await work.BeginAsync(null, ct);
        await (secret is null
            ? work.Connection.ExecuteAsync("delete from core.secrets where id = $1", [id], ct)
            : work.Connection.ExecuteAsync("""
                insert into core.secrets (id, sealed, changed_at, changed_by) values ($1, $2, $3, $4)
                on conflict (id) do update set sealed = excluded.sealed, changed_at = excluded.changed_at, changed_by = excluded.changed_by
                """, [id, Protector(id).Protect(Encoding.UTF8.GetBytes(secret)), clock.GetUtcNow(), scope.Actor.Name], ct));
        trail.Add(work, new(AuditTrail.Change, module, secret is null ? $"removed the secret {id}" : $"changed the secret {id}", "secrets"));
        await write.CommitAsync(ct);
    }

    private IDataProtector Protector(string id) => keys.AtRest("secret", id);
}
