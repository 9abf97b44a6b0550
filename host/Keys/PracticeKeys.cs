using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using OpenIddict.Validation;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;
using Modular.Host.Practices;

namespace Modular.Host.Keys;

// OpenIddict's options hold the keys of one issuer. Here every practice is one: its address and its keys are put in for each request.

internal static class PracticeKeys
{
    public static async Task SetAsync(TokenValidationParameters parameters, SigningKeys keys, ScopeContext scope, string token, CancellationToken ct)
    {
        var valid = await keys.ValidAsync(scope.Practice, Kid(token), ct);
        parameters.IssuerSigningKeyResolver = null;
        parameters.IssuerSigningKeys = valid.Select(k => k.Key);
        parameters.TokenDecryptionKeys = valid.Where(k => k.Signs).Select(k => k.Seals!);
        parameters.TryAllIssuerSigningKeys = false;
        parameters.ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.Aes256KW, SecurityAlgorithms.Aes256CbcHmacSha512];
        parameters.ClockSkew = AccessTokens.Skew;
    }

    /// <summary>The key that a token names; what seals bears the name of its key.</summary>
    private static string? Kid(string token)
    {
        try
        {
            return new JsonWebToken(token).Kid is { Length: > 0 and <= 64 } kid ? kid.Split('-')[0] : null;
        }
        catch (Exception e) when (e is ArgumentException or SecurityTokenException)
        {
            return null;
        }
    }
}
