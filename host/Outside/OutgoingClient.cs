using System.Net;
using System.Net.Sockets;
using Modular.Sdk;

namespace Modular.Host.Outside;

/// <summary>What may be called, how much is read and how long is waited. Tests loosen it for a server of their own.</summary>
public sealed record OutgoingRules
{
    public Func<IPAddress, bool> MayCall { get; init; } = PublicAddress.Is;
    public string Scheme { get; init; } = Uri.UriSchemeHttps;
    public int MaxRedirects { get; init; } = 5;
    public int MaxBytes { get; init; } = 10 * 1024 * 1024;
    public TimeSpan MaxTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long where a person looks at the page meanwhile.</summary>
    public TimeSpan PersonWaits { get; init; } = TimeSpan.FromSeconds(10);
}

/// <summary>
/// The process's one client for calls to the internet. The address is judged when a connection is made, so that neither a redirect
/// nor a name that changes what it means between question and call leads inside.
/// </summary>
public sealed class OutgoingClient : IDisposable
{
    private readonly HttpClient http;
    private readonly OutgoingRules rules;

    public OutgoingClient(OutgoingRules? rules = null)
    {
        this.rules = rules ??= new();
#pragma warning disable RS0030 // The one client of the process, which IOutgoing stands on.
        http = new(new SocketsHttpHandler
        {
            ConnectCallback = ConnectAsync,
            // A proxy of the environment would be judged in the place of the address.
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = rules.MaxRedirects > 0,
            MaxAutomaticRedirections = Math.Max(1, rules.MaxRedirects),
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            ConnectTimeout = TimeSpan.FromSeconds(10),
        })
        {
            MaxResponseContentBufferSize = rules.MaxBytes,
            Timeout = rules.MaxTime,
        };
#pragma warning restore RS0030
    }

    public TimeSpan PersonWaits => rules.PersonWaits;

    /// <summary>What is wrong with an address before anything is called; null when it may be tried.</summary>
    public string? Fault(Uri? url) => url is { IsAbsoluteUri: true } && url.Scheme == rules.Scheme && url.UserInfo.Length == 0
        ? null : $"The address must begin with {rules.Scheme}:// and hold no name or password.";

    /// <summary>
    /// The same, and where the name leads now. Whoever types an address is told at once; that it leads elsewhere later is judged at each call.
    /// </summary>
    public async Task<string?> FaultAsync(Uri? url, CancellationToken ct)
    {
        if (Fault(url) is { } fault)
        {
            return fault;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(rules.PersonWaits);
        try
        {
            // Decimal, octal and short forms of a number are numbers to it, as they are to the call.
            return (await Dns.GetHostAddressesAsync(url!.DnsSafeHost, limit.Token)).All(rules.MayCall) ? null : Inside(url.DnsSafeHost);
        }
        catch (Exception e) when (e is SocketException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            // A name that nobody knows yet leads nowhere; the first call says so.
            return null;
        }
    }

    private static string Inside(string host) => $"{host} is not an address on the public internet.";

    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        if (Fault(request.RequestUri) is { } fault)
        {
            throw new OutgoingRefusedException(fault);
        }

        try
        {
            // Read whole into memory, up to the limit, within the time.
            return await http.SendAsync(request, HttpCompletionOption.ResponseContentRead, ct);
        }
        catch (HttpRequestException e) when (e.InnerException is OutgoingRefusedException refused)
        {
            throw new OutgoingRefusedException(refused.Message);
        }
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = await Dns.GetHostAddressesAsync(host, ct);
        // One inside address among public ones is enough to refuse: such a name is a trap.
        if (addresses.Length == 0 || !addresses.All(rules.MayCall))
        {
            throw new OutgoingRefusedException(Inside(host));
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public void Dispose() => http.Dispose();
}
