using System.Net.Http.Headers;
using System.Net.Mail;
using System.Text;
using System.Web;
using Modular.Host.Disk;
using Modular.Host.Start;

namespace Modular.Host.Audit;

/// <summary>Where heads go: the setting of whoever runs the host, so that it may be inside their own network.</summary>
/// <param name="Every">How often: a mailbox is not written to each minute.</param>
public sealed record HeadsDestination(TimeSpan Every, Func<IReadOnlyList<(Guid Practice, SealedHead Head)>, CancellationToken, Task> SendAsync)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <exception cref="SettingException">The sentence for whoever starts the host.</exception>
    public static HeadsDestination Parse(string setting)
    {
        if (Path.IsPathRooted(setting))
        {
            return new(TimeSpan.FromMinutes(1), (heads, ct) => ToFolderAsync(setting, heads, ct));
        }

        if (Uri.TryCreate(setting, UriKind.Absolute, out var url))
        {
            if (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback))
            {
                return new(TimeSpan.FromMinutes(1), (heads, ct) => PostAsync(url, heads, ct));
            }

            if (MailServer.Find(url) is { } server && MailAddress.TryCreate(HttpUtility.ParseQueryString(url.Query)["to"], out var to))
            {
                return new(TimeSpan.FromHours(1), (heads, ct) => server.SendAsync(to.Address, $"Audit log heads of {Environment.MachineName}", Text(heads), ct));
            }
        }

        throw new SettingException("MODULAR_AUDIT_HEADS is the path of a folder, an address that begins with https://, "
            + "or smtp://name:password@server:587/?from=SENDER&to=RECEIVER.");
    }

    private static string Text(IEnumerable<(Guid Practice, SealedHead Head)> heads) => string.Concat(heads.Select(h => $"{h.Practice} {h.Head.Line}\n"));

    /// <summary>A folder that is not there is a disk that is not mounted: it is not made.</summary>
    private static async Task ToFolderAsync(string folder, IReadOnlyList<(Guid Practice, SealedHead Head)> heads, CancellationToken ct)
    {
        foreach (var (practice, head) in heads)
        {
            await PrivateFiles.AppendLineAsync(Path.Combine(folder, $"{practice}.heads"), head.Line, ct);
        }
    }

    private static async Task PostAsync(Uri url, IReadOnlyList<(Guid Practice, SealedHead Head)> heads, CancellationToken ct)
    {
#pragma warning disable RS0030 // Not a practice's call: the address is the setting of whoever runs the host, and may be inside.
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Patience };
#pragma warning restore RS0030
        using var answer = await http.PostAsync(url, new StringContent(Text(heads), Encoding.UTF8, new MediaTypeHeaderValue("text/plain")), ct);
        answer.EnsureSuccessStatusCode();
    }
}
