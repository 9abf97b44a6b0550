using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc;
using Modular.Host.Keys;
using Modular.Host.Postgres;
using Modular.Host.Practices;
using Npgsql;

namespace Modular.Host.Api;

/// <param name="Location">Where the new row is read.</param>
public sealed record KeptAnswer(int Status, byte[] Body, string? Type, string? ETag, string? Location) : IActionResult
{
    public async Task ExecuteResultAsync(ActionContext context)
    {
        var response = context.HttpContext.Response;
        (response.StatusCode, response.ContentType) = (Status, Type);
        (response.Headers.ETag, response.Headers.Location, response.Headers.CacheControl) = (ETag, Location, "no-store");
        response.Headers[IdempotencyFilter.Replayed] = "true";
        await response.Body.WriteAsync(Body, context.HttpContext.RequestAborted);
    }
}

/// <summary>Answers to programs' writes, by their key, for a day. They may hold patients' data, so they rest sealed.</summary>
public sealed class KeptAnswers(KeyRing ring, TimeProvider clock)
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromHours(24);

    /// <summary>
    /// A write holds its connection from beginning to end and may need another one meanwhile, for settings say: were all of a practice's
    /// connections held by writes, each would wait for the others. So they take a third, and leave the rest to people.
    /// </summary>
    private const int AtOnce = PracticeRegistry.ConnectionsPerPractice / 3;

    private readonly ConcurrentDictionary<Guid, SemaphoreSlim> turns = new();

    /// <summary>Waits for this practice's turn; disposing gives it on.</summary>
    public async Task<IDisposable> EnterAsync(Guid practice, CancellationToken ct)
    {
        var turn = turns.GetOrAdd(practice, _ => new(AtOnce));
        await turn.WaitAsync(ct);
        return new Turn(turn);
    }

    /// <summary>Until the transaction ends nobody else answers this key.</summary>
    public Task LockAsync(NpgsqlConnection connection, Guid program, string key, CancellationToken ct) =>
        connection.ExecuteAsync("select pg_advisory_xact_lock(hashtextextended($1, 0))", [$"idempotency {program:N} {key}"], ct);

    public async Task<(byte[] Request, KeptAnswer? Answer)> FindAsync(NpgsqlConnection connection, Practice practice, Guid program, string key, CancellationToken ct)
    {
        var found = await connection.QueryAsync("select request_digest, answer from core.idempotency_keys where program_id = $1 and key = $2 and made_at > $3",
            [program, key, clock.GetUtcNow() - KeptFor], r => (r.GetFieldValue<byte[]>(0), r.GetFieldValue<byte[]>(1)), ct);
        return found.Count == 0 ? ([], null) : (found[0].Item1, Open(practice, program, found[0].Item2));
    }

    /// <summary>What the original of a restored copy answered cannot be opened here, and is no answer of the copy's.</summary>
    private KeptAnswer? Open(Practice practice, Guid program, byte[] answer)
    {
        try
        {
            return JsonSerializer.Deserialize<KeptAnswer>(Protector(practice, program).Unprotect(answer));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public Task KeepAsync(NpgsqlConnection connection, Practice practice, Guid program, string key, byte[] request, KeptAnswer answer, CancellationToken ct) =>
        // Whoever writes sweeps: a few old rows at a time, those of others left alone.
        connection.ExecuteAsync("""
            with gone as (
                delete from core.idempotency_keys where ctid = any(array(
                    select ctid from core.idempotency_keys where made_at <= $5 and (program_id, key) <> ($1, $2) order by made_at limit 20 for update skip locked)))
            insert into core.idempotency_keys (program_id, key, request_digest, answer, made_at) values ($1, $2, $3, $4, $6)
            on conflict (program_id, key) do update set request_digest = excluded.request_digest, answer = excluded.answer, made_at = excluded.made_at
            """, [program, key, request, Protector(practice, program).Protect(JsonSerializer.SerializeToUtf8Bytes(answer)), clock.GetUtcNow() - KeptFor, clock.GetUtcNow()], ct);

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }

    private IDataProtector Protector(Practice practice, Guid program) => ring.For(practice, $"idempotency {program:N}");
}
