using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Modular.Host.Modules;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.People;

/// <summary>
/// Adds, changes and removes people: the admin pages, the command line, the demo practice, tests.
/// Resolve it from a scope opened for the practice; the scope's actor is who grants.
/// </summary>
public sealed class PeopleAdmin(
    PeopleDb db, UserManager<Person> people, Invitations invitations, SecondFactor second, Sessions sessions,
    InstalledModules modules, PracticeRegistry practices, IMessageBus bus, ScopeContext scope, TimeProvider clock)
{
    /// <exception cref="PeopleException">The sentence to show.</exception>
    public async Task<Person> AddAsync(NewPerson wanted, CancellationToken ct = default)
    {
        var person = new Person
        {
            Id = Guid.CreateVersion7(),
            Name = wanted.Name.Trim(),
            UserName = wanted.SignInName.Trim(),
            Email = EmailAddress.IsPlausible(wanted.SignInName.Trim()) ? wanted.SignInName.Trim() : null,
            CreatedAt = clock.GetUtcNow(),
        };
        await using var write = await db.BeginWriteAsync(ct);
        await CheckNameAsync(person, ct);
        await LinkAsync(write, person, wanted.StaffMemberId, ct);
        await GiveAsync(person, wanted.Access, ct);
        Accept(wanted.Password is null ? await people.CreateAsync(person) : await people.CreateAsync(person, wanted.Password));
        await TellAsync(person);
        await write.CommitAsync(ct);
        return person;
    }

    /// <summary>A person without password, and the path of the link by which they set one.</summary>
    public async Task<(Person Person, string Link)> InviteAsync(NewPerson wanted, CancellationToken ct = default)
    {
        await using var write = await db.BeginWriteAsync(ct);
        var person = await AddAsync(wanted with { Password = null }, ct);
        var token = await invitations.IssueAsync(person, Invitation.ForInvitation, scope.Actor.Name, ct);
        await write.CommitAsync(ct);
        return (person, Path(token));
    }

    /// <summary>Takes the password away, ends all sessions and gives the path of a link to set a new one.</summary>
    /// <param name="dropSecondFactor">Also the authenticator app and the passkeys: the phone is lost.</param>
    public async Task<string> ResetAsync(Person person, bool dropSecondFactor, CancellationToken ct = default)
    {
        var access = await AccessOfAsync(person, ct);
        Refuse(Granting.Fault(scope.Actor, access.Presets, await PermissionsAsync(access, ct), Title));
        await using var write = await db.BeginWriteAsync(ct);
        Accept(await people.RemovePasswordAsync(person));
        if (dropSecondFactor)
        {
            await second.TurnOffAsync(person);
            foreach (var passkey in await people.GetPasskeysAsync(person))
            {
                Accept(await people.RemovePasskeyAsync(person, passkey.CredentialId));
            }
        }

        Accept(await people.UpdateSecurityStampAsync(person));
        var token = await invitations.IssueAsync(person, Invitation.ForReset, scope.Actor.Name, ct);
        await write.CommitAsync(ct);
        await sessions.EndAllAsync(scope.Practice, person.Id, "password reset", null, ct);
        return Path(token);
    }

    /// <summary>Roles and places from the next request on, on every host.</summary>
    /// <param name="staffMember">Who they are among those who work here, or null.</param>
    public async Task ChangeAsync(Person person, string name, Access access, Guid? staffMember, CancellationToken ct = default)
    {
        await using var write = await db.BeginWriteAsync(ct);
        await write.LockAsync("core.owners", ct);
        await db.Entry(person).Collection(p => p.Roles).LoadAsync(ct);
        await db.Entry(person).Collection(p => p.Locations).LoadAsync(ct);
        if (person.Roles.Any(r => r.Preset == Roles.Owner) && !access.Presets.Contains(Roles.Owner))
        {
            await KeepAnOwnerAsync(person, ct);
        }

        person.Name = name.Trim();
        await LinkAsync(write, person, staffMember, ct);
        await GiveAsync(person, access, ct);
        Accept(await people.UpdateAsync(person));
        await TellAsync(person);
        await write.CommitAsync(ct);
        await practices.ChangedAsync(scope.Practice, ct);
    }

    /// <summary>Somebody left: no sign-in from this moment. What they did stays under their name.</summary>
    public async Task DeactivateAsync(Person person, CancellationToken ct = default)
    {
        await using var write = await db.BeginWriteAsync(ct);
        await write.LockAsync("core.owners", ct);
        if (await db.PersonRoles.AnyAsync(r => r.PersonId == person.Id && r.Preset == Roles.Owner, ct))
        {
            await KeepAnOwnerAsync(person, ct);
        }

        person.Active = false;
        Accept(await people.UpdateSecurityStampAsync(person));
        await TellAsync(person);
        await write.CommitAsync(ct);
        await sessions.EndAllAsync(scope.Practice, person.Id, "deactivated", null, ct);
    }

    public async Task ReactivateAsync(Person person, CancellationToken ct = default)
    {
        var access = await AccessOfAsync(person, ct);
        Refuse(Granting.Fault(scope.Actor, access.Presets, await PermissionsAsync(access, ct), Title));
        await using var write = await db.BeginWriteAsync(ct);
        person.Active = true;
        Accept(await people.UpdateAsync(person));
        await TellAsync(person);
        await write.CommitAsync(ct);
    }

    /// <summary>One person per role preset, each with the given password, signing in by the preset's name; those who exist stay as they are.</summary>
    public async Task<IReadOnlyList<Person>> EnsureDemoPeopleAsync(string password, CancellationToken ct = default)
    {
        var made = new List<Person>();
        foreach (var (preset, name) in DemoNames)
        {
            made.Add(await people.FindByNameAsync(preset) ?? await AddAsync(new(name, preset, new([preset]), password), ct));
        }

        return made;
    }

    public Task<bool> AnyAsync(CancellationToken ct = default) => db.People.AnyAsync(ct);

    /// <summary>By e-mail or user name.</summary>
    public Task<Person?> FindAsync(string signInName, CancellationToken ct = default)
    {
        var normalized = people.NormalizeName(signInName.Trim());
        return db.People.FirstOrDefaultAsync(p => p.NormalizedUserName == normalized || p.NormalizedEmail == normalized, ct);
    }

    public async Task<Access> AccessOfAsync(Person person, CancellationToken ct = default)
    {
        await db.Entry(person).Collection(p => p.Roles).LoadAsync(ct);
        await db.Entry(person).Collection(p => p.Locations).LoadAsync(ct);
        return new(
            [.. person.Roles.Where(r => r.Preset is not null).Select(r => r.Preset!)],
            [.. person.Roles.Where(r => r.RoleId is not null).Select(r => r.RoleId!.Value)],
            person.AllLocations ? null : [.. person.Locations.Select(l => l.LocationId)]);
    }

    /// <summary>A sign-in name must lead to one person, whichever of their names it is.</summary>
    public async Task CheckNameAsync(Person person, CancellationToken ct)
    {
        string?[] names = [people.NormalizeName(person.UserName), people.NormalizeEmail(person.Email)];
        if (await db.People.AnyAsync(p => p.Id != person.Id && (names.Contains(p.NormalizedUserName) || (p.NormalizedEmail != null && names.Contains(p.NormalizedEmail))), ct))
        {
            throw new PeopleException("Somebody else already signs in with this name or e-mail.");
        }
    }

    /// <summary>One sign-in a staff member: two would make it unclear who did what.</summary>
    private async Task LinkAsync(IWrite write, Person person, Guid? staffMember, CancellationToken ct)
    {
        if (staffMember is { } id && id != person.StaffMemberId)
        {
            await write.LockAsync("core.staff-links", ct);
            if (await db.People.Where(p => p.StaffMemberId == id && p.Id != person.Id).Select(p => p.Name).FirstOrDefaultAsync(ct) is { } other)
            {
                throw new PeopleException($"{other} already signs in as this staff member. Take the link away there first.");
            }
        }

        person.StaffMemberId = staffMember;
    }

    // After the save: the message carries the version that the save gave.
    private Task TellAsync(Person person) => bus.PublishAsync(person.Changed(), new(Key: person.Id.ToString()));

    private async Task GiveAsync(Person person, Access access, CancellationToken ct)
    {
        if (access.Presets.FirstOrDefault(p => !Roles.All.Contains(p)) is { } unknown)
        {
            throw new PeopleException($"There is no role {unknown}. There are: {string.Join(", ", Roles.All)}.");
        }

        var custom = access.Custom.Distinct().ToArray();
        if (custom.Length > 0 && await db.Roles.CountAsync(r => custom.Contains(r.Id), ct) != custom.Length)
        {
            throw new PeopleException("One of the roles was deleted meanwhile. Look at the list again.");
        }

        var before = new Access([.. person.Roles.Select(r => r.Preset).OfType<string>()], [.. person.Roles.Select(r => r.RoleId).OfType<Guid>()]);
        // Only what is new is granted now; what somebody else gave stays without the present person's having it.
        var more = new Access([.. access.Presets.Except(before.Presets)], [.. custom.Except(before.Custom)]);
        Refuse(Granting.Fault(scope.Actor, more.Presets, await PermissionsAsync(more, ct), Title));
        Refuse(Granting.LocationFault(scope.Actor, access.Locations));
        person.Roles.RemoveAll(r => r.Preset is not null ? !access.Presets.Contains(r.Preset) : !access.Custom.Contains(r.RoleId!.Value));
        person.Roles.AddRange(more.Presets.Select(preset => new PersonRole { PersonId = person.Id, Preset = preset }));
        person.Roles.AddRange(more.Custom.Select(role => new PersonRole { PersonId = person.Id, RoleId = role }));
        person.AllLocations = access.Locations is null;
        var places = access.Locations ?? [];
        person.Locations.RemoveAll(l => !places.Contains(l.LocationId));
        person.Locations.AddRange(places.Except(person.Locations.Select(l => l.LocationId)).ToList()
            .Select(location => new PersonLocation { PersonId = person.Id, LocationId = location }));
    }

    public async Task<IReadOnlySet<string>> PermissionsAsync(Access access, CancellationToken ct)
    {
        var custom = access.Custom.ToArray();
        var granted = await db.RoleGrants.Where(g => custom.Contains(g.RoleId) && g.Granted).Select(g => g.Permission).ToListAsync(ct);
        return RolePermissions.Of(modules, scope.Practice, access.Presets, granted);
    }

    private string Title(string permission) => RolePermissions.Declared(modules, scope.Practice).FirstOrDefault(p => p.Id == permission)?.Title ?? permission;

    private async Task KeepAnOwnerAsync(Person leaving, CancellationToken ct)
    {
        if (!scope.Actor.IsSystem && !scope.Actor.Roles.Contains(Roles.Owner))
        {
            throw new PeopleException("Only an owner removes an owner.");
        }

        if (!await db.People.AnyAsync(p => p.Id != leaving.Id && p.Active && p.Roles.Any(r => r.Preset == Roles.Owner), ct))
        {
            throw new PeopleException("This is the last owner. Make somebody else an owner first.");
        }
    }

    private static string Path(string token) => $"/account/welcome/{token}";

    private static void Refuse(string? fault)
    {
        if (fault is not null)
        {
            throw new PeopleException(fault);
        }
    }

    private static void Accept(IdentityResult result)
    {
        if (!result.Succeeded)
        {
            throw new PeopleException(string.Join(' ', result.Errors.Select(e => e.Description)));
        }
    }

    private static readonly IReadOnlyDictionary<string, string> DemoNames = new Dictionary<string, string>
    {
        [Roles.FrontDesk] = "Dana Ruiz",
        [Roles.Nurse] = "Nora Quist",
        [Roles.Provider] = "Evan Vale",
        [Roles.Biller] = "Bea Lindqvist",
        [Roles.Manager] = "Marcus Oyelaran",
        [Roles.Hr] = "Hana Brandt",
        [Roles.Owner] = "Olive Tran",
    };
}

/// <param name="Presets">Ids of role presets.</param>
/// <param name="CustomRoles">Ids of the practice's own roles.</param>
/// <param name="Locations">Null: all locations.</param>
public sealed record Access(IReadOnlyCollection<string> Presets, IReadOnlyCollection<Guid>? CustomRoles = null, IReadOnlyCollection<Guid>? Locations = null)
{
    public IReadOnlyCollection<Guid> Custom => CustomRoles ?? [];
}

/// <param name="SignInName">E-mail or user name.</param>
/// <param name="Password">Null: the person gets a link and sets one.</param>
public sealed record NewPerson(string Name, string SignInName, Access Access, string? Password = null, Guid? StaffMemberId = null);

public sealed class PeopleException(string sentence) : Exception(sentence);
