using Microsoft.EntityFrameworkCore;
using Modular.Host.Practices;
using Modular.Host.Rights;
using Modular.Host.SignIn;
using Modular.Sdk;
using Modular.Sdk.Core;

namespace Modular.Host.People;

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
