using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Modular.Host.Practices;

namespace Modular.Host.Programs;

/// <param name="Program">The program's id.</param>
/// <param name="Generation">Of the program when it was issued.</param>
public sealed record AccessToken(Guid Program, int Generation, IReadOnlySet<string> Scopes, string Id);

/// <summary>
/// Tokens of ten minutes (RFC 9068), signed with ES256 by the practice's key, for the practice's address and by it: those of another
/// practice mean nothing here.
/// </summary>
public sealed class AccessTokens(SigningKeys keys, TimeProvider clock)
{
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(10);

    /// <summary>How far two hosts' clocks may be apart.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromSeconds(10);

    private const string Type = "at+jwt";
    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false, MapInboundClaims = false };

    /// <summary>The practice's address: who issues its tokens, and for whom they are.</summary>
    public static string Issuer(Practice practice, HttpRequest request) =>
        practice.BaseUrl.Length > 0 ? practice.BaseUrl : $"{request.Scheme}://{request.Host}";

    public async Task<string> IssueAsync(Practice practice, string issuer, Guid program, int generation, IEnumerable<string> scopes, CancellationToken ct)
    {
        var key = await keys.CurrentAsync(practice, ct);
        var now = clock.GetUtcNow().UtcDateTime;
        var id = program.ToString("N");
        return Handler.CreateToken(new SecurityTokenDescriptor
        {
            TokenType = Type,
            Issuer = issuer,
            Audience = issuer,
            IssuedAt = now,
            Expires = now + Lasts,
            SigningCredentials = new(key, SecurityAlgorithms.EcdsaSha256),
            Claims = new Dictionary<string, object>
            {
                ["sub"] = id,
                ["client_id"] = id,
                ["scope"] = string.Join(' ', scopes),
                ["jti"] = Guid.CreateVersion7().ToString("N"),
                ["generation"] = generation,
                ["practice"] = practice.Id.ToString("N"),
            },
        });
    }

    /// <returns>Null unless it is a token of this practice that has not run out.</returns>
    public async Task<AccessToken?> ReadAsync(Practice practice, string issuer, string token, CancellationToken ct)
    {
        if (!Handler.CanReadToken(token) || Kid(token) is not { } kid)
        {
            return null;
        }

        var valid = await keys.ValidAsync(practice, kid, ct);
        var result = await Handler.ValidateTokenAsync(token, new()
        {
            ValidTypes = [Type],
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
            ValidIssuer = issuer,
            ValidAudience = issuer,
            IssuerSigningKeys = valid.Select(k => k.Key),
            TryAllIssuerSigningKeys = false,
            RequireExpirationTime = true,
            RequireSignedTokens = true,
            LifetimeValidator = (from, to, _, _) => to is { } end && end + Skew > clock.GetUtcNow().UtcDateTime && (from is not { } start || start - Skew <= clock.GetUtcNow().UtcDateTime),
        });
        return result.IsValid && result.SecurityToken is JsonWebToken read ? Claims(practice, read) : null;
    }

    private static AccessToken? Claims(Practice practice, JsonWebToken token) =>
        token.TryGetPayloadValue("practice", out string? at) && at == practice.Id.ToString("N")
        && Guid.TryParseExact(token.Subject, "N", out var program) && token.TryGetPayloadValue("generation", out int generation) && token.TryGetPayloadValue("scope", out string? scope)
            ? new(program, generation, scope!.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(), token.Id)
            : null;

    private static string? Kid(string token)
    {
        try
        {
            return new JsonWebToken(token).Kid is { Length: > 0 and <= 64 } kid ? kid : null;
        }
        catch (Exception e) when (e is ArgumentException or SecurityTokenException)
        {
            return null;
        }
    }
}
