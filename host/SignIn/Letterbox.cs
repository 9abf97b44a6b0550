using Modular.Host.People;
using Modular.Host.Practices;
using Modular.Host.Rights;
using Modular.Host.Start;
using Modular.Sdk;

namespace Modular.Host.SignIn;

/// <summary>An e-mail to one who signs in. The address is the one they had when it happened, whatever becomes of it.</summary>
[Message("core.mail-person.v1", OneHandler = true)]
public sealed record MailPerson(string Address, string Subject, string Text);

/// <summary>An e-mail with the link by which somebody sets a password. The link is made when it is sent: it lies in no table.</summary>
[Message("core.mail-invitation.v1", OneHandler = true)]
public sealed record MailInvitation(Guid PersonId, string Address);

/// <summary>Tells people about their own sign-in, in the transaction of what it tells.</summary>
public sealed class Letterbox(StartOptions options, ScopeContext scope, IMessageBus bus)
{
    /// <returns>False when there is no mail server, or no address: somebody has to tell them by word of mouth.</returns>
    public async Task<bool> TellAsync(Person person, string subject, string text)
    {
        if (!Reaches(person))
        {
            return false;
        }

        await bus.PublishAsync(new MailPerson(person.Email!, subject, text));
        return true;
    }

    /// <returns>False when it cannot be sent, or the practice's address for the link is not known.</returns>
    public async Task<bool> InviteAsync(Person person)
    {
        if (!Reaches(person) || scope.Practice.BaseUrl.Length == 0)
        {
            return false;
        }

        await bus.PublishAsync(new MailInvitation(person.Id, person.Email!));
        return true;
    }

    private bool Reaches(Person person) => options.Mail is not null && person.Email is { Length: > 0 };
}

[External]
public sealed class MailPersonHandler(StartOptions options)
{
    public Task HandleAsync(MailPerson letter, CancellationToken ct) =>
        options.Mail?.SendAsync(letter.Address, letter.Subject, letter.Text, ct) ?? throw new PeopleException("This server has no mail server (MODULAR_MAIL).");
}

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
