using Modular.Host.Practices;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Modular.Host.Programs.Tokens;

/// <summary>Whoever asks about a token of its own learns what is left of it at this moment.</summary>
public sealed class SayWhatIsLeft(Standings standings, ProgramReader programs, ScopeContext scope) : IOpenIddictServerHandler<HandleIntrospectionRequestContext>
{
    public async ValueTask HandleAsync(HandleIntrospectionRequestContext context)
    {
        if (await standings.FindAsync(context.GenericTokenPrincipal, context.CancellationToken) is { } standing)
        {
            context.ClientId = standing.Program.ClientId;
            context.Scopes.Clear();
            context.Scopes.UnionWith(standing.Actor(programs.Declared(scope.Practice)).Permissions);
        }
    }
}
