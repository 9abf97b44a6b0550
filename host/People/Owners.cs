using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Modular.Host.Rights;
using Modular.Sdk;

namespace Modular.Host.People;

/// <summary>
/// A practice keeps an owner of all locations who has a way to sign in: nobody else could let the others in again. Asked under
/// <see cref="Authority.Lock"/>; a trigger of the database holds the same, whatever forgets to ask.
/// </summary>
public sealed class Owners(PeopleDb db)
{
    /// <summary>Before an owner loses role, places, sign-in or password.</summary>
    /// <exception cref="PeopleException">They are the last one.</exception>
    public async Task KeepOneBesideAsync(Person leaving, CancellationToken ct)
    {
        if (!await IsOwnerAsync(leaving.Id, ct))
        {
            return;
        }

        var passkeys = db.Set<IdentityUserPasskey<Guid>>();
        if (!await db.People.AnyAsync(p => p.Id != leaving.Id && p.Active && p.AllLocations && p.SignInEndsAt == null && p.Roles.Any(r => r.Preset == Roles.Owner)
            && (p.PasswordHash != null || passkeys.Any(k => k.UserId == p.Id) || db.Accounts.Any(a => a.PersonId == p.Id)), ct))
        {
            throw new PeopleException("This is the last owner who works at all locations and can sign in. Make somebody else one first.");
        }
    }

    public Task<bool> IsOwnerAsync(Guid person, CancellationToken ct) => db.PersonRoles.AnyAsync(r => r.PersonId == person && r.Preset == Roles.Owner, ct);
}
