namespace Modular.Sdk.Core;

/// <summary>
/// Makes somebody known who will sign in; for the module that answers for employment. The same id again changes nothing. Whoever caused the
/// message must have what the roles allow; what a module may not give, somebody gives on the people page. Where the host has a mail server and
/// the sign-in name is an e-mail address, the person gets the link that sets their password; otherwise it is made on the people page.
/// Answered with <see cref="PersonInvited"/>.
/// </summary>
/// <param name="PersonId">Chosen by the sender, and theirs from then on.</param>
/// <param name="Name">As colleagues read it, up to 120 letters.</param>
/// <param name="SignInName">E-mail or user name, up to 254 letters.</param>
/// <param name="Presets">Ids of <see cref="Roles"/>; none for somebody who may do nothing yet.</param>
/// <param name="Locations">Null is all locations.</param>
/// <param name="StaffMemberId">Who they are among those who work here; null for an outside bookkeeper.</param>
/// <param name="OwnRoles">Ids of roles of the practice's own making.</param>
/// <example><code>await bus.SendAsync(new InvitePerson(id, "Nora Quist", "nora@clinic.example", [Roles.Nurse], [location], staffMember));</code></example>
[Message("core.invite-person.v1", OneHandler = true)]
public sealed record InvitePerson(
    Guid PersonId, string Name, string SignInName, IReadOnlyList<string> Presets, IReadOnlyList<Guid>? Locations, Guid? StaffMemberId, IReadOnlyList<Guid>? OwnRoles = null);

/// <summary>What became of <see cref="InvitePerson"/>.</summary>
/// <param name="LinkMailed">The link is on its way by e-mail; otherwise somebody makes it on the people page and hands it over.</param>
/// <param name="Refusal">Why nothing was done, as a sentence; null when the person is known.</param>
[Message("core.person-invited.v1")]
public sealed record PersonInvited(Guid PersonId, bool LinkMailed, string? Refusal);
