using System.Collections.Frozen;
using Microsoft.AspNetCore.Identity;
using Modular.Host.Disk;
using Modular.Host.Practices;
using Modular.Host.Rights;

namespace Modular.Host.SignIn;

/// <summary>
/// Length, a list of passwords that everybody tries first, and nothing of the person or the practice inside.
/// No composition rules (NIST SP 800-63B, 5.1.1.2). Hashing stays Identity's default (PBKDF2, SHA-512, 100,000 rounds,
/// per-person salt): it is maintained with the framework and rehashes older hashes at the next sign-in.
/// </summary>
public sealed class PasswordRules(ScopeContext scope) : IPasswordValidator<Person>
{
    public const int MinLength = 12;

    /// <summary>Longer ones are refused before hashing: a megabyte of password is an attack, not a password.</summary>
    public const int MaxLength = 200;

    private static readonly Lazy<FrozenSet<string>> Known = new(() =>
        File.ReadLines(Path.Combine(HostFolder.Path, "SignIn", "known-passwords.txt")).Select(Plain).Where(p => p.Length > 0).ToFrozenSet());

    public Task<IdentityResult> ValidateAsync(UserManager<Person> manager, Person user, string? password) =>
        Task.FromResult(Fault(password ?? "", [user.Name, user.UserName ?? "", user.Email?.Split('@')[0] ?? "", scope.Practice.Name]) is { } sentence
            ? IdentityResult.Failed(new IdentityError { Code = "Password", Description = sentence })
            : IdentityResult.Success);

    /// <param name="words">Names that must not be part of the password.</param>
    /// <returns>The sentence for the person, or null when the password will do.</returns>
    public static string? Fault(string password, IEnumerable<string> words)
    {
        if (password.Length is < MinLength or > MaxLength)
        {
            return password.Length < MinLength ? $"Use at least {MinLength} characters. Four unrelated words are easy to remember." : $"Use at most {MaxLength} characters.";
        }

        var plain = Plain(password);
        if (IsKnown(plain) || plain.Distinct().Count() < 5 || IsRun(plain))
        {
            return "This password is on the lists that attackers try first. Choose another.";
        }

        return words.SelectMany(w => w.Split(' ', '-', '.', '@').Append(w)).Select(Plain).Any(w => w.Length >= 4 && plain.Contains(w, StringComparison.Ordinal))
            ? "Leave your own name and the practice's name out of the password."
            : null;
    }

    /// <summary>A known password, or one or two of them with digits around: "password2026", "Summer-Welcome1".</summary>
    private static bool IsKnown(string plain)
    {
        var core = plain.Trim("0123456789".ToCharArray());
        return Known.Value.Contains(plain) || core.Length == 0 || Known.Value.Contains(core)
            || Enumerable.Range(1, core.Length - 1).Any(i => Known.Value.Contains(core[..i]) && Known.Value.Contains(core[i..].TrimStart("0123456789".ToCharArray())));
    }

    /// <summary>Lower case, no separators, the usual digits and signs read as the letters they stand for.</summary>
    private static string Plain(string text) => string.Concat(text.ToLowerInvariant().Where(c => !char.IsWhiteSpace(c) && c is not ('-' or '_' or '.' or '!' or '?' or '#' or '*')).Select(c => c switch
    {
        '@' => 'a',
        '$' => 's',
        _ => c,
    }));

    /// <summary>abcdefghijkl, 123456789012 and the like.</summary>
    private static bool IsRun(string text) => text.Zip(text.Skip(1)).Count(pair => Math.Abs(pair.Second - pair.First) <= 1) >= text.Length - 2;
}
