using Modular.Host.Data;
using Modular.Host.Postgres;
using Modular.Sdk;

namespace Modular.Host.Programs.Tokens;

/// <summary>Asks for a look at tokens that ran out.</summary>
[Message("core.prune-tokens.v1", OneHandler = true)]
public sealed record PruneTokens;

/// <summary>
/// Deletes rows a day after nothing of theirs can count any more. What a person once allowed stays in the change log.
/// By our own statements: OpenIddict's are two thousand rows at a time in transactions of their own.
/// </summary>
public sealed class PruneTokensHandler(Work work, TimeProvider clock)
{
    private static readonly TimeSpan Keep = Callers.Session.AbsoluteLimit + TimeSpan.FromDays(1);

    public async Task HandleAsync(PruneTokens message, CancellationToken ct)
    {
        var before = clock.GetUtcNow() - Keep;
        await using var write = await work.BeginAsync(null, ct);
        await work.Connection.ExecuteAsync("delete from core.program_tokens where creation_date < $1", [before], ct);
        await work.Connection.ExecuteAsync("""
            delete from core.program_authorizations a where a.creation_date < $1 and not exists (select 1 from core.program_tokens t where t.authorization_id = a.id)
            """, [before], ct);
        // Wrong tries of people: a day after the last lock ended at the latest they count for nothing.
        await work.Connection.ExecuteAsync("delete from core.sign_in_failures where first_at < $1", [before], ct);
        await write.CommitAsync(ct);
    }
}
