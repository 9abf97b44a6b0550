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

/// <summary>In the place of OpenIddict's own calls.</summary>
public sealed class SendToProvider<TContext>(ProviderCalls calls, ILogger<ProviderCalls> log) : IOpenIddictClientHandler<TContext> where TContext : BaseExternalContext
{
    public async ValueTask HandleAsync(TContext context)
    {
        try
        {
            context.Transaction.SetProperty(typeof(HttpResponseMessage).FullName!, await calls.SendAsync(context.Transaction.GetHttpRequestMessage()!, context.CancellationToken));
        }
        catch (Exception e) when (e is OutgoingRefusedException or HttpRequestException or OperationCanceledException && !context.CancellationToken.IsCancellationRequested)
        {
            log.LogWarning("The sign-in provider at {Host} did not answer: {Why}", context.Transaction.GetHttpRequestMessage()!.RequestUri!.Host, e.GetType().Name);
            context.Reject(Errors.TemporarilyUnavailable, e switch
            {
                OutgoingRefusedException => e.Message,
                HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "No such host is known.",
                HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "Its certificate is not accepted.",
                HttpRequestException => "It cannot be reached.",
                _ => "It took too long to answer.",
            });
        }
    }
}
