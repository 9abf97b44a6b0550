using Modular.Host.People;
using Modular.Host.Practices;
using Modular.Host.Rights;
using Modular.Host.Start;
using Modular.Sdk;

namespace Modular.Host.SignIn;

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
