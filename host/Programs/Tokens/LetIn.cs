using System.Globalization;
using Modular.Host.Data;
using Modular.Host.Postgres;
using OpenIddict.Abstractions;

namespace Modular.Host.Programs.Tokens;

/// <param name="Id">Of what the person allowed.</param>
public sealed record LetInProgram(Guid Id, string Name, DateTimeOffset Since);

/// <summary>Which programs act for a person at this moment, and how the person ends that without signing out.</summary>
public sealed class LetIn(Work work, IOpenIddictAuthorizationManager authorizations, IOpenIddictTokenManager tokens, TimeProvider clock)
{
    public async Task<IReadOnlyList<LetInProgram>> ListAsync(Guid person, CancellationToken ct) => await (await work.OpenAsync(ct)).QueryAsync("""
        select a.id, p.name, a.creation_date from core.program_authorizations a join core.programs p on p.id = a.application_id
        where a.subject = $1 and a.status = 'valid' and p.revoked_at is null
          and exists (select 1 from core.program_tokens t where t.authorization_id = a.id and t.status = 'valid' and t.expiration_date > $2)
        order by 3 desc
        """, [person.ToString("N"), clock.GetUtcNow()], r => new LetInProgram(r.GetGuid(0), r.GetString(1), r.GetFieldValue<DateTimeOffset>(2)), ct);

    /// <returns>False when it is not theirs.</returns>
    public async Task<bool> EndAsync(Guid person, Guid id, CancellationToken ct)
    {
        var name = id.ToString("D", CultureInfo.InvariantCulture);
        if (await authorizations.FindByIdAsync(name, ct) is not { } found || await authorizations.GetSubjectAsync(found, ct) != person.ToString("N"))
        {
            return false;
        }

        await tokens.RevokeByAuthorizationIdAsync(name, ct);
        return await authorizations.TryRevokeAsync(found, ct);
    }
}
