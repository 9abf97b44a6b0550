using Modular.Host.Practices;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Modular.Host.Programs.Tokens;

/// <summary>
/// A program asks people for no more than the practice gave it. Said once the request is judged to be right in itself: only then does OpenIddict
/// send an error back to the program.
/// </summary>
public sealed class AskForNoMore(ProgramReader programs, ScopeContext scope) : IOpenIddictServerHandler<HandleAuthorizationRequestContext>
{
    public async ValueTask HandleAsync(HandleAuthorizationRequestContext context)
    {
        var program = await programs.FindAsync(scope.Practice, Guid.ParseExact(context.Request.ClientId!, "N"), context.CancellationToken);
        if (context.Request.GetScopes().FirstOrDefault(s => s != Scopes.OfflineAccess && program?.Scopes.Contains(s) != true) is { } beyond)
        {
            context.Reject(Errors.InvalidScope, $"This program was not given {beyond}.");
        }
    }
}
