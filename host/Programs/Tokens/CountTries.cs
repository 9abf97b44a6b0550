using Microsoft.AspNetCore;
using Modular.Host.Callers;
using Modular.Host.Practices;
using Modular.Host.SignedIn;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Modular.Host.Programs.Tokens;

/// <summary>
/// Secrets, codes and refresh tokens have 256 bits and are never guessed; this bounds the noise. Counted by program and network address before
/// they are looked at, so that many sent at once get no more tries than others, and one program's guesses shut out no other.
/// </summary>
public sealed class CountTries<TContext>(RateLimits limits, ProgramReader programs, ScopeContext scope) : IOpenIddictServerHandler<TContext> where TContext : BaseValidatingContext
{
    public async ValueTask HandleAsync(TContext context)
    {
        var http = context.Transaction.GetHttpRequest()!.HttpContext;
        // Names that somebody makes up share one count: they must not fill the memory.
        var program = Guid.TryParseExact(context.Transaction.Request?.ClientId, "N", out var id) ? await programs.FindAsync(scope.Practice, id, context.CancellationToken) : null;
        var tried = new Tries($"token {scope.Practice.Id:N} {program?.ClientId} {Sessions.Ip(http)}");
        context.Transaction.SetProperty(Tries.Property, tried);
        if (limits.Count(tried.Key, Tries.PerMinute) is { } wait)
        {
            tried.Wait = wait;
            context.Reject(Errors.TemporarilyUnavailable, "Too often. Wait as Retry-After says.");
        }
    }
}
