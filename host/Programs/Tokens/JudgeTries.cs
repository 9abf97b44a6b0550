using System.Globalization;
using Microsoft.AspNetCore;
using Modular.Host.Callers;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Modular.Host.Programs.Tokens;

/// <summary>What was right is taken back from the count; what came too often says how long to wait.</summary>
public sealed class JudgeTries<TContext>(RateLimits limits) : IOpenIddictServerHandler<TContext> where TContext : BaseRequestContext
{
    public ValueTask HandleAsync(TContext context)
    {
        var error = context.Transaction.Response!.Error;
        if (context.Transaction.GetProperty<Tries>(Tries.Property) is not { } tried)
        {
            return default;
        }

        if (tried.Wait is { } wait)
        {
            var answer = context.Transaction.GetHttpRequest()!.HttpContext.Response;
            answer.StatusCode = StatusCodes.Status429TooManyRequests;
            answer.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }
        else if (error is not (Errors.InvalidClient or Errors.InvalidGrant))
        {
            limits.TakeBack(tried.Key);
        }

        return default;
    }
}
