using Microsoft.EntityFrameworkCore;
using Modular.Host.Practices;
using Modular.Host.Rights;
using Modular.Host.SignIn;
using Modular.Sdk;
using Modular.Sdk.Core;

namespace Modular.Host.People;

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
