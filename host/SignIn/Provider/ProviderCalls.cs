using Modular.Host.Outside;
using Modular.Host.Start;
using Modular.Sdk;
using OpenIddict.Client;
using OpenIddict.Client.SystemNetHttp;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Client.OpenIddictClientEvents;

namespace Modular.Host.SignIn.Provider;

/// <summary>
/// Calls providers the one way out, which leads to the public internet alone. A provider inside the practice's own network is called where whoever
/// runs this server named its host: a manager must not be able to have the server knock on doors inside.
/// </summary>
public sealed class ProviderCalls(OutgoingClient outgoing, StartOptions options) : IDisposable
{
    private readonly OutgoingClient inside = new(new() { MayCall = _ => true, MaxRedirects = 0 });

    /// <summary>What is wrong with an address before anything is called; null when it may be tried.</summary>
    public string? Fault(Uri? issuer) => outgoing.Fault(issuer) ?? (issuer!.Query.Length + issuer.Fragment.Length > 0 ? "The address holds a ? or a #, and no provider's does." : null);

    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(outgoing.PersonWaits);
        return await (options.PrivateProviders.Contains(request.RequestUri!.Host, StringComparer.OrdinalIgnoreCase) ? inside : outgoing).SendAsync(request, limit.Token);
    }

    public void Dispose() => inside.Dispose();
}
