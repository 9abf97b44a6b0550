using Microsoft.EntityFrameworkCore;
using Modular.Host.Practices;
using Modular.Host.Rights;
using Modular.Host.SignIn;
using Modular.Sdk;
using Modular.Sdk.Core;

namespace Modular.Host.People;

/// <summary>The instant has come at which somebody's sign-in ends.</summary>
[Message("core.sign-in-ends.v1", OneHandler = true)]
public sealed record SignInEnds(Guid PersonId, DateTimeOffset At);

/// <summary>Gives with the rights of whoever caused it, as far as that is a person; a job of a module has the host's trust.</summary>
public sealed class InvitePersonHandler(PeopleDb db, PeopleAdmin admin, Authority authority, Letterbox letterbox, ScopeContext scope)
{
    public async Task<PersonInvited> HandleAsync(InvitePerson command, Envelope envelope, CancellationToken ct)
    {
        if (await db.People.AnyAsync(p => p.Id == command.PersonId, ct))
        {
            return new(command.PersonId, false, null);
        }

        if (Fault(command) is { } fault)
        {
            return new(command.PersonId, false, fault);
        }

        if (scope.Actor.IsSystem && envelope.ActorId is { } by)
        {
            scope.Become(await ActorAsync(by, envelope.ActorName, ct));
        }

        try
        {
            var person = await admin.AddAsync(new(
                command.Name, command.SignInName, new(command.Presets, command.OwnRoles, command.Locations), StaffMemberId: command.StaffMemberId, Id: command.PersonId), ct);
            return new(person.Id, await letterbox.InviteAsync(person), null);
        }
        catch (PeopleException e)
        {
            return new(command.PersonId, false, e.Message);
        }
    }

    private string? Fault(InvitePerson command) =>
        command.PersonId == Guid.Empty ? "The person has no id."
        : command.Name.Trim().Length is 0 or > 120 ? "The name has 1 to 120 letters."
        : command.SignInName.Trim().Length is 0 or > 254 ? "The sign-in name has 1 to 254 letters."
        : command.Locations?.FirstOrDefault(id => scope.Practice.Locations.All(l => l.Id != id)) is { } strange && strange != Guid.Empty ? "One of the locations is not of this practice."
        : null;

    /// <summary>As they stand now; a program, or somebody who left, gives nothing.</summary>
    private async Task<Actor> ActorAsync(Guid person, string name, CancellationToken ct)
    {
        if (!await db.People.AnyAsync(p => p.Id == person && p.Active, ct))
        {
            return new() { Name = name, Locations = [] };
        }

        var reach = await authority.ReachAsync(person, ct);
        return new() { Name = name, PersonId = person, Permissions = reach.Permissions, Locations = reach.Locations?.ToList(), Roles = [.. reach.Presets] };
    }
}

/// <summary>Takes and never gives, so that whoever answers for employment may send it for anybody but an owner.</summary>
public sealed class EndSignInHandler(PeopleDb db, PeopleAdmin admin, Owners owners, ScopeContext scope)
{
    public async Task<SignInEndSet> HandleAsync(EndSignIn command, Envelope envelope, CancellationToken ct)
    {
        if (await db.People.FirstOrDefaultAsync(p => p.Id == command.PersonId, ct) is not { } person)
        {
            return new(command.PersonId, null, "Nobody who signs in here has this id.");
        }

        if (await owners.IsOwnerAsync(person.Id, ct) && !await IsByOwnerAsync(envelope, ct))
        {
            return new(person.Id, person.SignInEndsAt, "Only an owner ends the sign-in of an owner.");
        }

        try
        {
            var at = command.At is { } instant ? Second(instant) : (DateTimeOffset?)null;
            await admin.EndAtAsync(person, at, ct);
            return new(person.Id, at, null);
        }
        catch (PeopleException e)
        {
            return new(person.Id, person.SignInEndsAt, e.Message);
        }
    }

    private async Task<bool> IsByOwnerAsync(Envelope envelope, CancellationToken ct) =>
        scope.Actor.IsSystem ? envelope.ActorId is not { } by || await owners.IsOwnerAsync(by, ct) : scope.Actor.Roles.Contains(Roles.Owner);

    // The database keeps less of an instant than a message does, and the two are compared.
    private static DateTimeOffset Second(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
}

public sealed class SignInEndsHandler(PeopleDb db, PeopleAdmin admin)
{
    public async Task HandleAsync(SignInEnds due, CancellationToken ct)
    {
        // Another instant may have taken its place.
        if (await db.People.FirstOrDefaultAsync(p => p.Id == due.PersonId && p.SignInEndsAt == due.At, ct) is { } person)
        {
            await admin.EndAtAsync(person, due.At, ct);
        }
    }
}
