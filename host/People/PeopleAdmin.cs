using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Modular.Host.Practices;
using Modular.Host.Rights;
using Modular.Host.SignIn;
using Modular.Host.SignedIn;
using Modular.Sdk;

namespace Modular.Host.People;

/// <summary>
/// Adds, changes and removes people: the admin pages, the command line, the demo practice, tests.
/// Resolve it from a scope opened for the practice; the scope's actor is who grants, and <see cref="Authority"/> says upon whom they may act.
/// </summary>
public sealed class PeopleAdmin(
    PeopleDb db, UserManager<Person> people, Authority authority, Owners owners, Invitations invitations, SecondFactorRemovals removals, Sessions sessions,
    PracticeRegistry practices, IMessageBus bus, ScopeContext scope, TimeProvider clock)
{
    /// <exception cref="PeopleException">The sentence to show.</exception>
    public async Task<Person> AddAsync(NewPerson wanted, CancellationToken ct = default)
    {
        var person = new Person
        {
            Id = wanted.Id ?? Guid.CreateVersion7(),
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

    /// <summary>The path of a link by which an invited person sets their password; one that was made before is worth nothing.</summary>
    public async Task<string> InvitationLinkAsync(Person person, CancellationToken ct = default)
    {
        await using var write = await BeginAsync(person, ct);
        Refuse(person.PasswordHash is null ? null : $"{person.Name} has a password already.");
        var token = await invitations.IssueAsync(person, Invitation.ForInvitation, scope.Actor.Name, ct);
        await write.CommitAsync(ct);
        return Invitations.Path(token);
    }

    /// <summary>A person without password, and the path of the link by which they set one.</summary>
    public async Task<(Person Person, string Link)> InviteAsync(NewPerson wanted, CancellationToken ct = default)
    {
        await using var write = await db.BeginWriteAsync(ct);
        var person = await AddAsync(wanted with { Password = null }, ct);
        var token = await invitations.IssueAsync(person, Invitation.ForInvitation, scope.Actor.Name, ct);
        await write.CommitAsync(ct);
        return (person, Invitations.Path(token));
    }

    /// <summary>Takes the password away, ends all sessions and gives the path of a link to set a new one.</summary>
    /// <param name="dropSecondFactor">Also the authenticator app and the passkeys: for the console; on the pages it takes two, see <see cref="SecondFactorRemovals"/>.</param>
    public async Task<string> ResetAsync(Person person, bool dropSecondFactor, CancellationToken ct = default)
    {
        await using var write = await BeginAsync(person, ct);
        if (!scope.Actor.IsSystem)
        {
            Refuse(dropSecondFactor ? "Removing a second factor takes a second person." : null);
            Refuse(person.Id == scope.Actor.PersonId ? "Change your own password on your account page." : null);
            await owners.KeepOneBesideAsync(person, ct);
        }

        Accept(await people.RemovePasswordAsync(person));
        if (dropSecondFactor)
        {
            await removals.RemoveAsync(person, scope.Actor.Name, ct);
        }

        Accept(await people.UpdateSecurityStampAsync(person));
        var token = await invitations.IssueAsync(person, Invitation.ForReset, scope.Actor.Name, ct);
        await write.CommitAsync(ct);
        await sessions.EndAllAsync(scope.Practice, person.Id, "password reset", null, ct);
        return Invitations.Path(token);
    }

    /// <summary>Roles and places from the next request on, on every host.</summary>
    /// <param name="staffMember">Who they are among those who work here, or null.</param>
    public async Task ChangeAsync(Person person, string name, Access access, Guid? staffMember, CancellationToken ct = default)
    {
        await using var write = await BeginAsync(person, ct);
        await db.Entry(person).Collection(p => p.Roles).LoadAsync(ct);
        await db.Entry(person).Collection(p => p.Locations).LoadAsync(ct);
        if (!access.Presets.Contains(Roles.Owner) || (person.AllLocations && access.Locations is not null))
        {
            await owners.KeepOneBesideAsync(person, ct);
        }

        person.Name = name.Trim();
        await LinkAsync(write, person, staffMember, ct);
        await GiveAsync(person, access, ct);
        Accept(await people.UpdateAsync(person));
        await TellAsync(person);
        await write.CommitAsync(ct);
        await practices.ChangedAsync(scope.Practice, ct);
    }

    /// <summary>
    /// Somebody leaves: from this instant on their sign-in, sessions, tokens and open pages are worth nothing; what they did stays under their
    /// name. Who may do that to whom the caller has seen to.
    /// </summary>
    /// <param name="at">Until then all goes on; null takes back an end that was to come.</param>
    /// <exception cref="PeopleException">Nobody would be left to own the practice.</exception>
    public async Task EndAtAsync(Person person, DateTimeOffset? at, CancellationToken ct = default)
    {
        await using var write = await db.BeginWriteAsync(ct);
        await write.LockAsync(Authority.Lock, ct);
        await db.Entry(person).ReloadAsync(ct);
        var now = clock.GetUtcNow();
        if (!person.Active || (person.SignInEndsAt == at && !(at <= now)))
        {
            return;
        }

        if (at <= now)
        {
            await EndNowAsync(person, ct);
            await write.CommitAsync(ct);
            await sessions.EndAllAsync(scope.Practice, person.Id, "sign-in ended", null, ct);
            return;
        }

        if (at is not null)
        {
            await owners.KeepOneBesideAsync(person, ct);
            await bus.ScheduleAsync(new SignInEnds(person.Id, at.Value), at.Value);
        }

        person.SignInEndsAt = at;
        Accept(await people.UpdateAsync(person));
        await write.CommitAsync(ct);
        // Sessions that this or another host remembers do not know the instant yet.
        await practices.ChangedAsync(scope.Practice, ct);
    }

    public async Task ReactivateAsync(Person person, CancellationToken ct = default)
    {
        await using var write = await BeginAsync(person, ct);
        (person.Active, person.SignInEndsAt) = (true, null);
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
        Refuse(Granting.Fault(scope.Actor, more.Presets, await authority.PermissionsAsync(more.Presets, [.. more.Custom], ct), authority.Title));
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

    /// <summary>A write that acts upon somebody: judged when nobody else can change them any more.</summary>
    /// <exception cref="PeopleException">They reach further than whoever acts.</exception>
    public async Task<IWrite> BeginAsync(Person target, CancellationToken ct)
    {
        var write = await db.BeginWriteAsync(ct);
        try
        {
            await write.LockAsync(Authority.Lock, ct);
            Refuse(await authority.FaultAsync(target, ct));
            return write;
        }
        catch
        {
            await write.DisposeAsync();
            throw;
        }
    }

    private async Task EndNowAsync(Person person, CancellationToken ct)
    {
        await owners.KeepOneBesideAsync(person, ct);
        (person.Active, person.SignInEndsAt) = (false, null);
        Accept(await people.UpdateSecurityStampAsync(person));
        await TellAsync(person);
    }

    private static void Refuse(string? fault)
    {
        if (fault is not null)
        {
            throw new PeopleException(fault);
        }
    }

    private static void Accept(IdentityResult result)
    {
        if (result.Errors.Any(e => e.Code == nameof(IdentityErrorDescriber.ConcurrencyFailure)))
        {
            throw new DbUpdateConcurrencyException("The person was saved by somebody else.");
        }

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
        [Roles.Supplies] = "Ivan Petrov",
        [Roles.Marketing] = "Grace Abara",
        [Roles.Owner] = "Olive Tran",
    };
}
