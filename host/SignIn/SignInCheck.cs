using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Modular.Host.Callers;
using Modular.Host.Practices;
using Modular.Host.Rights;

namespace Modular.Host.SignIn;

/// <summary>Checks a name and a password, or a code. The answer, and the time it takes, are the same for a name that does not exist.</summary>
public sealed class SignInCheck(
    PeopleDb db, UserManager<Person> people, IPasswordHasher<Person> hasher, SignInAttempts attempts, ScopeContext scope, TimeProvider clock)
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
        var attempt = await attempts.CountAsync(scope.Practice, Tried.Password, Key(person, name), address, ct);
        // Verified even while waiting: the clock must not tell a locked name from another.
        var right = Matches(person, password);
        return await JudgeAsync(attempt, attempt.Allowed && right ? person : null, Tried.Password, Key(person, name), address, ct);
    }

    /// <summary>The password of whoever sits at an open session.</summary>
    /// <param name="what">One of <see cref="Tried"/>.</param>
    public async Task<PasswordCheck> PasswordAgainAsync(Session session, string what, string password, CancellationToken ct)
    {
        var person = await people.FindByIdAsync(session.PersonId.ToString());
        var attempt = await attempts.CountAsync(scope.Practice, what, session.Id.ToString("N"), "", ct);
        return await JudgeAsync(attempt, attempt.Allowed && Matches(person, password) ? person : null, what, session.Id.ToString("N"), "", ct);
    }

    /// <summary>A wrong code counts like a wrong password: six digits are guessed sooner than twelve letters.</summary>
    /// <param name="verify">Uses the code up, so it is not called for a try that does not count.</param>
    public async Task<PasswordCheck> CodeAsync(Person person, Func<Task<bool>> verify, string address, CancellationToken ct)
    {
        var attempt = await attempts.CountAsync(scope.Practice, Tried.Code, Key(person, ""), address, ct);
        return await JudgeAsync(attempt, attempt.Allowed && await verify() ? person : null, Tried.Code, Key(person, ""), address, ct);
    }

    /// <summary>A present code of whoever sits at an open session.</summary>
    public async Task<PasswordCheck> OwnCodeAsync(Session session, Person person, Func<Task<bool>> verify, CancellationToken ct)
    {
        var attempt = await attempts.CountAsync(scope.Practice, Tried.OwnCode, session.Id.ToString("N"), "", ct);
        return await JudgeAsync(attempt, attempt.Allowed && await verify() ? person : null, Tried.OwnCode, session.Id.ToString("N"), "", ct);
    }

    private async Task<PasswordCheck> JudgeAsync(Attempt attempt, Person? person, string what, string who, string address, CancellationToken ct)
    {
        if (person?.MaySignIn(clock.GetUtcNow()) != true)
        {
            return new(null, attempt.WaitUntil);
        }

        await attempts.SucceededAsync(scope.Practice, what, who, address, ct);
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
