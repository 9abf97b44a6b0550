using Modular.Host.Outside;
using Modular.Host.Start;
using Modular.Sdk;
using OpenIddict.Client;
using OpenIddict.Client.SystemNetHttp;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Client.OpenIddictClientEvents;

namespace Modular.Host.SignIn.Provider;

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
