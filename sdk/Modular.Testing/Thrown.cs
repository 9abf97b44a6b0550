using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Observability;
using Modular.Host.Practices;

namespace Modular.Testing;

/// <summary>What pages and API actions threw, by the number that stands in the answer: the answer itself tells nobody what it was.</summary>
internal sealed class Thrown : IExceptionHandler
{
    private readonly ConcurrentDictionary<string, Exception> byNumber = new();

    /// <returns>False: it is answered as it is to everybody.</returns>
    public ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        byNumber[httpContext.RequestServices.GetRequiredService<ScopeContext>().CorrelationId.ToString()] = exception;
        return ValueTask.FromResult(false);
    }

    /// <summary>All of them, for a browser, which asks by itself.</summary>
    public string Told => string.Concat(byNumber.Values.Select(e => $"\n{e}"));

    /// <summary>A client whose test fails with the exception, where it would only see that the answer is 500.</summary>
    public HttpClient Client(Uri address, HttpMessageHandler? inner = null) => new(new Teller(this, inner ?? new SocketsHttpHandler())) { BaseAddress = address };

    private sealed class Teller(Thrown thrown, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            if (answer.StatusCode != HttpStatusCode.InternalServerError
                || !answer.Headers.TryGetValues(RequestLog.Header, out var number) || !thrown.byNumber.TryGetValue(number.First(), out var exception))
            {
                return answer;
            }

            using (answer)
            {
                throw new TestFailedException($"{request.Method} {request.RequestUri!.PathAndQuery} failed (500): {exception}");
            }
        }
    }
}
