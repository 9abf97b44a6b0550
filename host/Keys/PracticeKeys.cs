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

/// <summary>The practice's address instead of the one in the request, where a balancer ends TLS.</summary>
public sealed class ServerAddress(ScopeContext scope) : IOpenIddictServerHandler<ProcessRequestContext>
{
    public ValueTask HandleAsync(ProcessRequestContext context)
    {
        if (scope.Practice.BaseUrl.Length > 0)
        {
            context.BaseUri = new(scope.Practice.BaseUrl);
            context.RequestUri = new(context.BaseUri, context.RequestUri!.PathAndQuery);
        }

        return default;
    }
}

/// <summary>The same for whoever reads tokens.</summary>
public sealed class ReaderAddress(ScopeContext scope) : IOpenIddictValidationHandler<OpenIddictValidationEvents.ProcessRequestContext>
{
    public ValueTask HandleAsync(OpenIddictValidationEvents.ProcessRequestContext context)
    {
        if (scope.Practice.BaseUrl.Length > 0)
        {
            context.BaseUri = new(scope.Practice.BaseUrl);
            context.RequestUri = new(context.BaseUri, context.RequestUri!.PathAndQuery);
        }

        return default;
    }
}

/// <summary>Signs with the practice's key, and seals with it what only the practice is to read. A program's own token gets no row.</summary>
public sealed class SignTokens(SigningKeys keys, ScopeContext scope) : IOpenIddictServerHandler<GenerateTokenContext>
{
    public async ValueTask HandleAsync(GenerateTokenContext context)
    {
        var key = await keys.CurrentAsync(scope.Practice, context.CancellationToken);
        context.SigningCredentials = new(key.Key, SecurityAlgorithms.EcdsaSha256);
        if (context.EncryptionCredentials is not null)
        {
            context.EncryptionCredentials = new(key.Seals!, SecurityAlgorithms.Aes256KW, SecurityAlgorithms.Aes256CbcHmacSha512);
        }

        context.CreateTokenEntry &= context.Transaction.Request?.IsClientCredentialsGrantType() != true;
    }
}

/// <summary>Tokens that come back to the practice: codes, refresh tokens, and access tokens that are asked about or revoked.</summary>
public sealed class ReadOwnTokens(SigningKeys keys, ScopeContext scope) : IOpenIddictServerHandler<ValidateTokenContext>
{
    public async ValueTask HandleAsync(ValidateTokenContext context) =>
        await PracticeKeys.SetAsync(context.TokenValidationParameters, keys, scope, context.Token, context.CancellationToken);
}

/// <summary>Tokens with which programs call.</summary>
public sealed class ReadBearerTokens(SigningKeys keys, ScopeContext scope) : IOpenIddictValidationHandler<OpenIddictValidationEvents.ValidateTokenContext>
{
    public async ValueTask HandleAsync(OpenIddictValidationEvents.ValidateTokenContext context) =>
        await PracticeKeys.SetAsync(context.TokenValidationParameters!, keys, scope, context.Token, context.CancellationToken);
}

/// <summary>The public keys, those that will sign soon too.</summary>
public sealed class ShowKeys(SigningKeys keys, ScopeContext scope) : IOpenIddictServerHandler<HandleJsonWebKeySetRequestContext>
{
    public async ValueTask HandleAsync(HandleJsonWebKeySetRequestContext context)
    {
        // Somebody who looks before the first token was given finds its key already.
        await keys.CurrentAsync(scope.Practice, context.CancellationToken);
        context.Keys.Clear();
        foreach (var key in await keys.ValidAsync(scope.Practice, null, context.CancellationToken))
        {
            using var shown = ECDsa.Create(key.Key.ECDsa.ExportParameters(includePrivateParameters: false));
            var web = JsonWebKeyConverter.ConvertFromECDsaSecurityKey(new(shown) { KeyId = key.Key.KeyId });
            (web.Use, web.Alg) = (JsonWebKeyUseNames.Sig, SecurityAlgorithms.EcdsaSha256);
            context.Keys.Add(web);
        }
    }
}

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
