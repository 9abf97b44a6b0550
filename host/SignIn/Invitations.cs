using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Modular.Host.Rights;
using Modular.Sdk;

namespace Modular.Host.SignIn;

/// <summary>Links by which a person sets a password: 256 random bits, kept as a digest, one use, three days.</summary>
public sealed class Invitations(PeopleDb db, UserManager<Person> people, TimeProvider clock)
{
    public static readonly TimeSpan Lasts = TimeSpan.FromDays(3);

    /// <summary>Makes a link's token; an earlier one of the person is worth nothing from now on.</summary>
    public async Task<string> IssueAsync(Person person, string purpose, string by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        foreach (var earlier in await db.Invitations.Where(i => i.PersonId == person.Id && i.UsedAt == null).ToListAsync(ct))
        {
            earlier.UsedAt = now;
        }

        var token = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));
        db.Invitations.Add(new Invitation
        {
            PersonId = person.Id,
            TokenDigest = Digest(token),
            Purpose = purpose,
            CreatedAt = now,
            CreatedBy = by,
            ExpiresAt = now + Lasts,
        });
        await db.SaveChangesAsync(ct);
        return token;
    }

    public async Task<(Invitation Invitation, Person Person)?> FindAsync(string token, CancellationToken ct)
    {
        var digest = Digest(token);
        var now = clock.GetUtcNow();
        var found = await db.Invitations.FirstOrDefaultAsync(i => i.TokenDigest == digest && i.UsedAt == null && i.ExpiresAt > now, ct);
        return found is not null && await people.FindByIdAsync(found.PersonId.ToString()) is { } person && person.MaySignIn(now) ? (found, person) : null;
    }

    /// <returns>The person, or the sentence that refuses the password.</returns>
    /// <exception cref="DbUpdateConcurrencyException">Somebody used the link at the same moment.</exception>
    public async Task<(Person? Person, string? Fault)> AcceptAsync(Invitation invitation, Person person, string password, CancellationToken ct)
    {
        await using var write = await db.BeginWriteAsync(ct);
        invitation.UsedAt = clock.GetUtcNow();
        if (person.PasswordHash is not null)
        {
            await people.RemovePasswordAsync(person);
        }

        var set = await people.AddPasswordAsync(person, password);
        if (!set.Succeeded)
        {
            return (null, set.Errors.First().Description);
        }

        await write.CommitAsync(ct);
        return (person, null);
    }

    public static string Path(string token) => $"/account/welcome/{token}";

    public static string Digest(string token) => Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(token)));
}
