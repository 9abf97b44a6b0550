using Microsoft.Extensions.Options;
using Modular.Host.Callers;
using OpenIddict.Abstractions;
using OpenIddict.Core;
using static OpenIddict.Abstractions.OpenIddictConstants;
using Modular.Host.Practices;

namespace Modular.Host.Programs.Tokens;

/// <summary>
/// Programs as OpenIddict asks for them, from what <see cref="ProgramReader"/> remembers. A secret has 256 bits and is compared by one SHA-256:
/// the many rounds that OpenIddict would take are for secrets that people think up.
/// </summary>
public sealed class ProgramClients(
    IOpenIddictApplicationCache<ProgramClient> cache, ILogger<OpenIddictApplicationManager<ProgramClient>> log, IOptionsMonitor<OpenIddictCoreOptions> options,
    IOpenIddictApplicationStore<ProgramClient> store, ProgramReader programs, ScopeContext scope)
    : OpenIddictApplicationManager<ProgramClient>(cache, log, options, store)
{
    private const int LongestSecret = 200;

    public override async ValueTask<ProgramClient?> FindByClientIdAsync(string identifier, CancellationToken cancellationToken = default) =>
        Guid.TryParseExact(identifier, "N", out var id) && await programs.FindAsync(scope.Practice, id, cancellationToken) is { } program && program.ClientId == identifier
            ? Client(program) : null;

    public override async ValueTask<ProgramClient?> FindByIdAsync(string identifier, CancellationToken cancellationToken = default) =>
        Guid.TryParse(identifier, out var id) && await programs.FindAsync(scope.Practice, id, cancellationToken) is { } program ? Client(program) : null;

    public override async ValueTask<bool> ValidateClientSecretAsync(ProgramClient application, string secret, CancellationToken cancellationToken = default) =>
        secret.Length <= LongestSecret && await programs.IsSecretAsync(scope.Practice, application.Id, secret, cancellationToken);

    private static ProgramClient Client(KnownProgram program) => new()
    {
        Id = program.Id,
        ClientId = program.ClientId,
        DisplayName = program.Name,
        ApplicationType = program.Kind == ProgramKinds.Native ? ApplicationTypes.Native : ApplicationTypes.Web,
        ClientType = ProgramKinds.HasSecret(program.Kind) ? ClientTypes.Confidential : ClientTypes.Public,
        ConsentType = ConsentTypes.Explicit,
        Permissions = Json(Permits(program)),
        RedirectUris = Json(program.RedirectUris),
        Requirements = Json([Requirements.Features.ProofKeyForCodeExchange]),
    };

    private static IEnumerable<string> Permits(KnownProgram program)
    {
        string[] all = [Permissions.Endpoints.Token, Permissions.Endpoints.Revocation];
        string[] itself = [Permissions.GrantTypes.ClientCredentials, Permissions.Endpoints.Introspection];
        string[] people = [Permissions.Endpoints.Authorization, Permissions.GrantTypes.AuthorizationCode, Permissions.GrantTypes.RefreshToken, Permissions.ResponseTypes.Code];
        return [.. all, .. ProgramKinds.HasSecret(program.Kind) ? itself : [], .. program.RedirectUris.Count > 0 ? people : []];
    }

    private static string Json(IEnumerable<string> values) => System.Text.Json.JsonSerializer.Serialize(values);
}
