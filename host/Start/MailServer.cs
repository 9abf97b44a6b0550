using System.Net;
using System.Net.Mail;
using System.Web;

namespace Modular.Host.Start;

/// <summary>A server by which the host sends its few e-mails: to people who sign in, about their own sign-in, and heads of the audit log. Never to patients.</summary>
public sealed record MailServer(string Host, int Port, NetworkCredential? Credentials, MailAddress From)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>From <c>smtp://user:password@mail.example.org:587/?from=modular@example.org</c>; null where nothing is set.</summary>
    /// <exception cref="SettingException">It is set and cannot be read.</exception>
    public static MailServer? Read(string? setting)
    {
        if (string.IsNullOrEmpty(setting))
        {
            return null;
        }

        return (Uri.TryCreate(setting, UriKind.Absolute, out var uri) ? Find(uri) : null)
            ?? throw new SettingException("MODULAR_MAIL must look like smtp://user:password@mail.example.org:587/?from=modular@example.org.");
    }

    /// <returns>Null when the address is no mail server, or does not say from whom mail comes.</returns>
    public static MailServer? Find(Uri uri)
    {
        ArgumentNullException.ThrowIfNull(uri);
        if (uri.Scheme != "smtp" || !MailAddress.TryCreate(HttpUtility.ParseQueryString(uri.Query)["from"], out var from))
        {
            return null;
        }

        var user = uri.UserInfo.Split(':', 2).Select(Uri.UnescapeDataString).ToArray();
        return new(uri.Host, uri.IsDefaultPort || uri.Port < 0 ? 587 : uri.Port, user.Length == 2 ? new(user[0], user[1]) : null, from);
    }

    /// <exception cref="SmtpException">The server did not take it.</exception>
    public async Task SendAsync(string to, string subject, string text, CancellationToken ct)
    {
        using var client = new SmtpClient(Host, Port)
        {
            // In the clear only to a server on this machine.
            EnableSsl = !IsHere,
            Credentials = Credentials,
        };
        using var mail = new MailMessage(From, new MailAddress(to)) { Subject = subject, Body = text };
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        await client.SendMailAsync(mail, patience.Token);
    }

    private bool IsHere => Host == "localhost" || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));
}
