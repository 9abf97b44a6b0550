using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Modular.Host.Installed;
using Modular.Host.Practices;
using Modular.Host.Rights;
using Modular.Sdk;
using Npgsql;

namespace Modular.Host.Programs;

/// <param name="Locations">Null: all of the practice.</param>
/// <param name="Kind">Of a new program; one that is there keeps its own.</param>
/// <param name="RedirectUris">Where people are sent back to.</param>
public sealed record ProgramAccess(
    string Name, string? Contact, IReadOnlyCollection<string> Scopes, IReadOnlyCollection<Guid>? Locations, int RequestsPerMinute,
    string Kind = ProgramKinds.Server, IReadOnlyCollection<string>? RedirectUris = null);

/// <summary>Makes, changes and ends programs. Nobody gives a program what they may not do themselves.</summary>
public sealed class ProgramAdmin(ProgramsDb db, Authority authority, InstalledModules modules, PracticeRegistry practices, ScopeContext scope, TimeProvider clock)
{
    /// <summary>How long the secret before goes on beside a new one.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromHours(24);

    public static byte[] Digest(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    public Task<ConnectedProgram?> FindAsync(Guid id, CancellationToken ct) => db.Programs.FirstOrDefaultAsync(p => p.Id == id, ct);

    /// <returns>The program and its secret, which is known to nobody afterwards; null for a kind that could not keep one.</returns>
    /// <exception cref="PeopleException">The sentence to show.</exception>
    public async Task<(ConnectedProgram Program, string? Secret)> AddAsync(ProgramAccess access, CancellationToken ct)
    {
        var program = New(access.Kind);
        db.Add(program);
        return (program, await AddAsync(program, access, ct));
    }

    /// <summary>A program that may do nothing yet.</summary>
    public ConnectedProgram New(string kind) =>
        new() { Name = "", Kind = kind, Scopes = [], CreatedAt = clock.GetUtcNow(), CreatedBy = scope.Actor.Name };

    /// <param name="program">In the context already.</param>
    /// <returns>Its secret, as above.</returns>
    public async Task<string?> AddAsync(ConnectedProgram program, ProgramAccess access, CancellationToken ct)
    {
        CheckScopes(access.Scopes, []);
        CheckPlaces(access.Locations);
        CheckAddresses(program.Kind, access.RedirectUris ?? []);
        Write(program, access);
        var secret = ProgramKinds.HasSecret(program.Kind) ? NewSecret(program) : null;
        await SaveAsync(ct);
        await practices.ChangedAsync(scope.Practice, ct);
        return secret;
    }

    /// <exception cref="PeopleException">The sentence to show.</exception>
    public async Task ChangeAsync(ConnectedProgram program, ProgramAccess access, CancellationToken ct)
    {
        Judge(program);
        CheckScopes(access.Scopes, program.Scopes);
        if (program.AllLocations != access.Locations is null || !program.Locations.ToHashSet().SetEquals(access.Locations ?? []))
        {
            CheckPlaces(access.Locations);
        }

        CheckAddresses(program.Kind, access.RedirectUris ?? []);
        Write(program, access);
        await SaveAsync(ct);
        await practices.ChangedAsync(scope.Practice, ct);
    }

    /// <summary>A new secret, for whoever may do all that the program may. The one before ends in a day, or at once with every token.</summary>
    public async Task<string> RotateAsync(ConnectedProgram program, bool atOnce, CancellationToken ct)
    {
        Judge(program);
        if (!ProgramKinds.HasSecret(program.Kind))
        {
            throw new PeopleException("This kind of program has no secret.");
        }

        await using var write = await db.BeginWriteAsync(ct);
        await write.LockAsync($"program {program.Id}", ct);
        await EndSecretsAsync(program, atOnce ? clock.GetUtcNow() : clock.GetUtcNow() + Overlap, ct);
        program.Generation += atOnce ? 1 : 0;
        await db.SaveChangesAsync(ct);
        var secret = NewSecret(program);
        await db.SaveChangesAsync(ct);
        await write.CommitAsync(ct);
        await practices.ChangedAsync(scope.Practice, ct);
        return secret;
    }

    /// <summary>For good: its tokens and secrets mean nothing from now on.</summary>
    public async Task RevokeAsync(ConnectedProgram program, CancellationToken ct)
    {
        Judge(program);
        await EndAsync(program, ct);
        await SaveAsync(ct);
        await practices.ChangedAsync(scope.Practice, ct);
    }

    /// <summary>Cuts it off; the caller saves.</summary>
    public Task EndAsync(ConnectedProgram program, CancellationToken ct)
    {
        (program.RevokedAt, program.RevokedBy) = (clock.GetUtcNow(), scope.Actor.Name);
        program.Generation++;
        return EndSecretsAsync(program, clock.GetUtcNow(), ct);
    }

    private async Task SaveAsync(CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { ConstraintName: "programs_one_name" })
        {
            throw new PeopleException("Another program has this name.");
        }
    }

    private async Task EndSecretsAsync(ConnectedProgram program, DateTimeOffset at, CancellationToken ct)
    {
        foreach (var secret in await db.Secrets.Where(s => s.ProgramId == program.Id && (s.EndsAt == null || s.EndsAt > at)).ToListAsync(ct))
        {
            secret.EndsAt = at;
        }
    }

    private string NewSecret(ConnectedProgram program)
    {
        var secret = "mps_" + WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));
        db.Add(new ProgramSecret { ProgramId = program.Id, Digest = Digest(secret), MadeAt = clock.GetUtcNow() });
        return secret;
    }

    private static void Write(ConnectedProgram program, ProgramAccess access)
    {
        (program.Name, program.Contact) = (access.Name.Trim(), string.IsNullOrWhiteSpace(access.Contact) ? null : access.Contact.Trim());
        (program.Scopes, program.RequestsPerMinute) = ([.. access.Scopes.Distinct().Order(StringComparer.Ordinal)], access.RequestsPerMinute);
        (program.AllLocations, program.Locations) = (access.Locations is null, [.. access.Locations ?? []]);
        program.RedirectUris = [.. access.RedirectUris ?? []];
    }

    /// <summary>A new key ends the tokens of all programs, so it takes somebody who may act upon each.</summary>
    /// <returns>The sentence to show, or null when they may.</returns>
    public async Task<string?> FaultOverAllAsync(CancellationToken ct) =>
        (await db.Programs.AsNoTracking().Where(p => p.RevokedAt == null).ToListAsync(ct)).Select(authority.Fault).FirstOrDefault(f => f is not null);

    private void Judge(ConnectedProgram program)
    {
        if (authority.Fault(program) is { } fault)
        {
            throw new PeopleException(fault);
        }

        if (program.RevokedAt is not null)
        {
            throw new PeopleException("This program was cut off. Connect it anew.");
        }
    }

    private Dictionary<string, string> Titles() => RolePermissions.Declared(modules, scope.Practice).ToDictionary(p => p.Id, p => p.Title);

    /// <param name="had">What the program has already, whoever gave it.</param>
    private void CheckScopes(IReadOnlyCollection<string> wanted, IReadOnlyCollection<string> had)
    {
        var titles = Titles();
        if (wanted.Except(had).FirstOrDefault(s => !titles.ContainsKey(s)) is { } unknown)
        {
            throw new PeopleException($"There is no permission {unknown} here.");
        }

        if (Granting.Fault(scope.Actor, [], wanted.Except(had).ToHashSet(), p => titles[p]) is { } fault)
        {
            throw new PeopleException(fault);
        }
    }

    private static void CheckAddresses(string kind, IReadOnlyCollection<string> addresses)
    {
        if ((ProgramKinds.All.Contains(kind) ? RedirectAddress.Fault(kind, addresses) : "There is no such kind of program.") is { } fault)
        {
            throw new PeopleException(fault);
        }
    }

    private void CheckPlaces(IReadOnlyCollection<Guid>? locations)
    {
        if (Granting.LocationFault(scope.Actor, locations) is { } fault)
        {
            throw new PeopleException(fault);
        }
    }
}
