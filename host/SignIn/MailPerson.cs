using Modular.Host.People;
using Modular.Host.Practices;
using Modular.Host.Rights;
using Modular.Host.Start;
using Modular.Sdk;

namespace Modular.Host.SignIn;

/// <summary>An e-mail to one who signs in. The address is the one they had when it happened, whatever becomes of it.</summary>
[Message("core.mail-person.v1", OneHandler = true)]
public sealed record MailPerson(string Address, string Subject, string Text);

[External]
public sealed class MailPersonHandler(StartOptions options)
{
    public Task HandleAsync(MailPerson letter, CancellationToken ct) =>
        options.Mail?.SendAsync(letter.Address, letter.Subject, letter.Text, ct) ?? throw new PeopleException("This server has no mail server (MODULAR_MAIL).");
}
