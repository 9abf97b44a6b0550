using Modular.Sdk;
using Modular.Sdk.Core;

namespace Modular.Tests.Docs;

// snippet: invite-person
/// <summary>A coordinator from outside files reports for some weeks: known from now on, and out by themselves when the time is over.</summary>
public sealed class LetInCoordinator(IMessageBus bus)
{
    /// <param name="person">A new id, kept with what it is about; the same again changes nothing.</param>
    /// <returns>The sentence for the page, or null when they are invited.</returns>
    public async Task<string?> InviteAsync(Guid person, string name, string address, DateTimeOffset until, CancellationToken ct)
    {
        var invited = await bus.InvokeAsync<PersonInvited>(new InvitePerson(person, name, address, [Roles.FrontDesk], Locations: null, StaffMemberId: null), ct);
        return invited?.Refusal ?? (await bus.InvokeAsync<SignInEndSet>(new EndSignIn(person, until), ct))?.Refusal;
    }
}
// end

// snippet: end-sign-in
[Message("referrals.coordinator-left.v1")]
public sealed record CoordinatorLeft(Guid PersonId, DateTimeOffset LastMinute);

/// <summary>From a handler the command is returned, and goes out in the transaction of what it follows from.</summary>
public static class CoordinatorLeftHandler
{
    public static EndSignIn Handle(CoordinatorLeft left) => new(left.PersonId, left.LastMinute);
}
// end
