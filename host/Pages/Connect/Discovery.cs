using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Modular.Host.Modules;
using Modular.Host.People;
using Modular.Host.Programs;
using Modular.Sdk;

namespace Modular.Host.Pages.Connect;

/// <summary>Where programs get tokens, and the keys by which anybody can tell that they are ours (RFC 8414, OpenID Connect Discovery).</summary>
public sealed class Discovery(SigningKeys keys, InstalledModules modules, ScopeContext scope) : ApiSlice
{
    [HttpGet("/.well-known/openid-configuration")]
    [HttpGet("/.well-known/oauth-authorization-server")]
    [OpenTo(Audience.Anyone, "Addresses and abilities that a program reads before it has a token.")]
    public IActionResult Get()
    {
        var issuer = AccessTokens.Issuer(scope.Practice, Request);
        return Ok(new Dictionary<string, object>
        {
            ["issuer"] = issuer,
            ["token_endpoint"] = $"{issuer}/connect/token",
            ["jwks_uri"] = $"{issuer}/.well-known/jwks",
            ["grant_types_supported"] = new[] { "client_credentials" },
            ["response_types_supported"] = Array.Empty<string>(),
            ["subject_types_supported"] = new[] { "public" },
            ["token_endpoint_auth_methods_supported"] = new[] { "client_secret_basic", "client_secret_post" },
            ["id_token_signing_alg_values_supported"] = new[] { "ES256" },
            ["scopes_supported"] = RolePermissions.Declared(modules, scope.Practice).Select(p => p.Id).Order(StringComparer.Ordinal),
        });
    }

    [HttpGet("/.well-known/jwks")]
    [OpenTo(Audience.Anyone, "Public keys.")]
    public async Task<IActionResult> Keys(CancellationToken ct)
    {
        // Somebody who looks before the first token was issued finds its key already.
        await keys.CurrentAsync(scope.Practice, ct);
        var valid = await keys.ValidAsync(scope.Practice, null, ct);
        Response.Headers.CacheControl = "public, max-age=3600";
        return Ok(new { keys = valid.Select(k => (k.Key.KeyId, k.Key.ECDsa.ExportParameters(false).Q)).Select(k => new { kty = "EC", use = "sig", alg = "ES256", crv = "P-256", kid = k.KeyId, x = WebEncoders.Base64UrlEncode(k.Q.X!), y = WebEncoders.Base64UrlEncode(k.Q.Y!) }) });
    }
}
