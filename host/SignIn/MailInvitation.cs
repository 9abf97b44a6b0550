using Modular.Host.People;
using Modular.Host.Practices;
using Modular.Host.Rights;
using Modular.Host.Start;
using Modular.Sdk;

namespace Modular.Host.SignIn;

/// <summary>An e-mail with the link by which somebody sets a password. The link is made when it is sent: it lies in no table.</summary>
[Message("core.mail-invitation.v1", OneHandler = true)]
public sealed record MailInvitation(Guid PersonId, string Address);

[External]
public sealed class MailInvitationHandler(StartOptions options, PeopleDb db, Invitations invitations, ScopeContext scope)
{
    public async Task HandleAsync(MailInvitation letter, Envelope envelope, CancellationToken ct)
    {
        var server = options.Mail ?? throw new PeopleException("This server has no mail server (MODULAR_MAIL).");
        if (await db.People.FindAsync([letter.PersonId], ct) is not { Active: true, PasswordHash: null } person)
        {
            // Left again, or in already by a link that was handed over.
            return;
        }

        var link = scope.Practice.BaseUrl + Invitations.Path(await invitations.IssueAsync(person, Invitation.ForInvitation, envelope.ActorName, ct));
        await server.SendAsync(letter.Address, $"Your sign-in at {scope.Practice.Name}",
            $"{person.Name}, you were invited to {scope.Practice.Name}. Choose your password here; the link works once, for three days:\n\n{link}", ct);
    }
}
