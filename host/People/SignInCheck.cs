using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Modular.Host.People;

/// <summary>Checks a name and a password. The answer, and the time it takes, are the same for a name that does not exist.</summary>
public sealed class SignInCheck(PeopleDb db, UserManager<Person> people, IPasswordHasher<Person> hasher, SignInAttempts attempts, ScopeContext scope)
{
    private static readonly Person Nobody = new() { Name = "nobody" };
    private static string? nobodysHash;

    /// <summary>By e-mail or user name, as typed.</summary>
    public async Task<Person?> FindAsync(string name, CancellationToken ct)
    {
        var normalized = people.NormalizeName(name.Trim());
        return await db.People.FirstOrDefaultAsync(p => p.NormalizedUserName == normalized || p.NormalizedEmail == normalized, ct);
    }

    public async Task<PasswordCheck> PasswordAsync(string name, string password, string address, CancellationToken ct)
    {
        var person = await FindAsync(name, ct);
        return await CheckAsync(person, Key(person, name), address,
            () => Task.FromResult(Matches(person, password)), ct);
    }

    /// <summary>A wrong code counts like a wrong password: six digits are guessed sooner than twelve letters.</summary>
    public Task<PasswordCheck> CodeAsync(Person person, Func<Task<bool>> verify, string address, CancellationToken ct) =>
        CheckAsync(person, Key(person, ""), address, verify, ct);

    private async Task<PasswordCheck> CheckAsync(Person? person, string key, string address, Func<Task<bool>> verify, CancellationToken ct)
    {
        // Verified even while waiting: the clock must not tell a locked name from another.
        var wait = await attempts.WaitUntilAsync(scope.Practice, key, address, ct);
        var right = await verify();
        if (wait is not null)
        {
            return new(null, wait);
        }

        if (!right || person is not { Active: true })
        {
            await attempts.FailedAsync(scope.Practice, key, address, ct);
            return new(null, await attempts.WaitUntilAsync(scope.Practice, key, address, ct));
        }

        await SignInAttempts.SucceededAsync(scope.Practice, key, ct);
        return new(person, null);
    }

    private bool Matches(Person? person, string password)
    {
        nobodysHash ??= hasher.HashPassword(Nobody, Guid.NewGuid().ToString());
        var known = person is { Active: true, PasswordHash: not null };
        var verdict = hasher.VerifyHashedPassword(person ?? Nobody, known ? person!.PasswordHash! : nobodysHash, password);
        return known && verdict != PasswordVerificationResult.Failed;
    }

    private string Key(Person? person, string name) => person?.Id.ToString("N") ?? people.NormalizeName(name.Trim()) ?? "";
}

/// <param name="Person">Null when refused.</param>
/// <param name="WaitUntil">Too many wrong tries: nothing is accepted before.</param>
public sealed record PasswordCheck(Person? Person, DateTimeOffset? WaitUntil);
