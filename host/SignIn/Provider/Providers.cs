using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Modular.Host.People;
using Modular.Host.Rights;
using Modular.Host.Settings;

namespace Modular.Host.SignIn.Provider;

/// <summary>What the provider says of who signed in there.</summary>
/// <param name="Verified">The provider says that the address is theirs.</param>
/// <param name="At">When they proved it there, as far as it says so.</param>
public sealed record ProviderAnswer(string Issuer, string Subject, string? Address, bool Verified, DateTimeOffset? At);

/// <summary>
/// The practice's provider, and who its accounts are here. Nobody comes to be by signing in: a person was invited before, by the address that
/// the provider now says is theirs. What people type into their own profile does not count.
/// </summary>
public sealed class Providers(PeopleDb db, UserManager<Person> people, Authority authority, Secrets secrets, TimeProvider clock)
{
    public const string SecretId = "core.sign-in-provider";

    public Task<SignInProvider?> FindAsync(CancellationToken ct) => db.Providers.FirstOrDefaultAsync(ct);

    /// <summary>What stands on the button of the sign-in page; null when there is none.</summary>
    public Task<string?> ButtonAsync(CancellationToken ct) => db.Providers.Where(p => p.Active).Select(p => p.Button).FirstOrDefaultAsync(ct);

    public Task<string?> SecretAsync(CancellationToken ct) => secrets.FindAsync(SecretId, ct);

    public Task<PersonAccount?> AccountOfAsync(Guid person, CancellationToken ct) => db.Accounts.OrderByDescending(a => a.LinkedAt).FirstOrDefaultAsync(a => a.PersonId == person, ct);

    /// <summary>The person, or the sentence that says why there is none.</summary>
    public async Task<(Person? Person, string? Fault)> WhoAsync(ProviderAnswer answer, CancellationToken ct)
    {
        if (await db.Accounts.FirstOrDefaultAsync(a => a.Issuer == answer.Issuer && a.Subject == answer.Subject, ct) is { } known)
        {
            return Judge(await people.FindByIdAsync(known.PersonId.ToString()));
        }

        if (answer.Address is not { Length: > 0 } address || !EmailAddress.IsPlausible(address.Trim()))
        {
            return (null, "The provider did not say your e-mail address.");
        }

        if (!answer.Verified)
        {
            return (null, $"The provider does not vouch that {address} is yours. Have it verified there, then try again.");
        }

        var name = people.NormalizeName(address.Trim());
        if (await db.People.FirstOrDefaultAsync(p => p.NormalizedUserName == name, ct) is not { } person)
        {
            return (null, $"Nobody was invited here as {address}. Ask whoever manages people at your practice.");
        }

        return await db.Accounts.AnyAsync(a => a.PersonId == person.Id && a.Issuer == answer.Issuer, ct)
            ? (null, $"{address} signs in here with another account of the provider. Whoever manages people can release that one.") : Judge(person);
    }

    /// <summary>From now on the account is the person's, whatever becomes of the address; the link by which they would have set a password is used up.</summary>
    public async Task LinkAsync(Person person, ProviderAnswer answer, CancellationToken ct)
    {
        if (await db.Accounts.AnyAsync(a => a.Issuer == answer.Issuer && a.Subject == answer.Subject, ct))
        {
            return;
        }

        db.Add(new PersonAccount { PersonId = person.Id, Issuer = answer.Issuer, Subject = answer.Subject, LinkedAt = clock.GetUtcNow() });
        foreach (var invitation in await db.Invitations.Where(i => i.PersonId == person.Id && i.UsedAt == null).ToListAsync(ct))
        {
            invitation.UsedAt = clock.GetUtcNow();
        }

        await db.SaveChangesAsync(ct);
    }

    /// <summary>Their next sign-in goes by the verified address again.</summary>
    /// <exception cref="PeopleException">The person reaches further than whoever asks.</exception>
    public async Task ReleaseAsync(Person person, CancellationToken ct)
    {
        await using var write = await db.BeginWriteAsync(ct);
        await write.LockAsync(Authority.Lock, ct);
        if (await authority.FaultAsync(person, ct) is { } fault)
        {
            throw new PeopleException(fault);
        }

        db.RemoveRange(await db.Accounts.Where(a => a.PersonId == person.Id).ToListAsync(ct));
        await db.SaveChangesAsync(ct);
        await write.CommitAsync(ct);
    }

    private (Person? Person, string? Fault) Judge(Person? person) =>
        person?.MaySignIn(clock.GetUtcNow()) == true ? (person, null) : (null, "You can no longer sign in here. Ask whoever manages people at your practice.");
}
