using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Modular.Host.Audit;
using Modular.Host.Data;
using Modular.Host.Installed;
using Modular.Host.Practices;
using Modular.Host.Rights;
using Modular.Host.SignIn;
using Modular.Host.SignedIn;
using Modular.Sdk;

namespace Modular.Host.People;

/// <summary>
/// Somebody lost the phone with their authenticator app and passkeys. One person alone could remove them and, with a new link, be that person:
/// so one asks and another agrees, both of whom may act upon them, or whoever runs the server does it by the console.
/// </summary>
public sealed class SecondFactorRemovals(
    PeopleDb db, UserManager<Person> people, SecondFactor second, Authority authority, Sessions sessions, Letterbox letterbox, AuditTrail trail, Work work,
    ScopeContext scope, TimeProvider clock)
{
    /// <summary>How long somebody has to agree.</summary>
    public static readonly TimeSpan Waits = TimeSpan.FromDays(1);

    /// <summary>What waits for a second person.</summary>
    public async Task<SecondFactorRemoval?> AskedAsync(Guid person, CancellationToken ct)
    {
        var since = clock.GetUtcNow() - Waits;
        return await db.SecondFactorRemovals.FirstOrDefaultAsync(r => r.PersonId == person && r.AskedAt > since && db.People.Any(p => p.Id == r.AskedBy && p.Active), ct);
    }

    /// <summary>The first one asks, the second one agrees.</summary>
    /// <returns>Null while it waits; else whether the person is told by e-mail.</returns>
    /// <exception cref="PeopleException">The sentence to show.</exception>
    public async Task<bool?> AskOrAgreeAsync(Person person, CancellationToken ct)
    {
        if (scope.Actor.PersonId is not { } me || me == person.Id)
        {
            throw new PeopleException("You cannot remove your own second factor here. On your account page you can turn it off with a code of it.");
        }

        await using var write = await db.BeginWriteAsync(ct);
        await write.LockAsync(Authority.Lock, ct);
        if (await authority.FaultAsync(person, ct) is { } fault)
        {
            throw new PeopleException(fault);
        }

        if (await AskedAsync(person.Id, ct) is not { } asked)
        {
            await db.SecondFactorRemovals.Where(r => r.PersonId == person.Id).ExecuteDeleteAsync(ct);
            db.Add(new SecondFactorRemoval { PersonId = person.Id, AskedBy = me, AskedByName = scope.Actor.Name, AskedAt = clock.GetUtcNow() });
            await db.SaveChangesAsync(ct);
            await write.CommitAsync(ct);
            return null;
        }

        if (asked.AskedBy == me)
        {
            throw new PeopleException($"You asked for this yourself. Somebody else who may change {person.Name} has to agree.");
        }

        var told = await RemoveAsync(person, $"asked by {asked.AskedByName}, agreed by {scope.Actor.Name}", ct);
        await people.UpdateSecurityStampAsync(person);
        await write.CommitAsync(ct);
        await sessions.EndAllAsync(scope.Practice, person.Id, "second factor removed", null, ct);
        return told;
    }

    /// <summary>In the caller's write, who has seen to it that it may be.</summary>
    /// <param name="by">Who wanted it, for the log.</param>
    /// <returns>Whether the person is told by e-mail.</returns>
    public async Task<bool> RemoveAsync(Person person, string by, CancellationToken ct)
    {
        await second.RemoveAllAsync(person);
        await db.SecondFactorRemovals.Where(r => r.PersonId == person.Id).ExecuteDeleteAsync(ct);
        var told = await letterbox.TellAsync(person, "Your second sign-in step was removed",
            $"The authenticator app and the passkeys of your sign-in at {scope.Practice.Name} were removed ({by}). "
            + "If you did not ask for this, tell whoever manages people there at once.");
        var reason = $"{by}; {(told ? "told by e-mail" : "not told by e-mail")}";
        trail.Add(work, new(AuditTrail.Change, LoadedModule.CoreId, "second factor removed", "people", person.Id, Reason: reason));
        return told;
    }
}
