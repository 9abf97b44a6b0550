using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using OpenIddict.Abstractions;
using OpenIddict.Client;
using OpenIddict.Client.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;
using Modular.Host.Callers;
using Modular.Host.Practices;

namespace Modular.Host.SignIn.Provider;

/// <summary>Why a browser goes to the provider.</summary>
public enum ProviderPurpose
{
    SignIn,

    /// <summary>The person of an open session proves once more who they are.</summary>
    Confirm,

    /// <summary>Whoever sets it up tries it; nobody is signed in by it.</summary>
    Test,
}

/// <param name="Fault">Why there is no answer to go by, as a sentence.</param>
/// <param name="Purpose">Null when not even that can be told.</param>
public sealed record ProviderReturn(ProviderAnswer? Answer, string? Fault, ProviderPurpose? Purpose, string Back);

/// <summary>The way to the provider and back.</summary>
public sealed class ProviderDoor(Providers providers, OpenIddictClientService clients, ScopeContext scope)
{
    private const string Scheme = OpenIddictClientAspNetCoreDefaults.AuthenticationScheme;
    private const string PurposeKey = "purpose";

    /// <summary>What to challenge with, or why the provider cannot be asked now.</summary>
    public async Task<(AuthenticationProperties? Way, string? Fault)> ToAsync(ProviderPurpose purpose, string back, CancellationToken ct)
    {
        if (await providers.FindAsync(ct) is not { } provider || (purpose != ProviderPurpose.Test && !provider.Active))
        {
            return (null, "This practice has no sign-in provider. Sign in with your password or passkey.");
        }

        if (scope.Practice.Row.OutboundHeld)
        {
            return (null, "This practice is a restored copy and calls nobody, the sign-in provider neither. Sign in with your password or passkey.");
        }

        try
        {
            await clients.GetServerConfigurationByRegistrationIdAsync(ProviderRegistrations.Name, ct);
        }
        catch (Exception e) when (e is InvalidOperationException or OpenIddictExceptions.ProtocolException)
        {
            return (null, $"{provider.Button}: the provider does not answer as it should. {Why(e)}");
        }

        var way = new AuthenticationProperties { RedirectUri = back };
        way.SetString(OpenIddictClientAspNetCoreConstants.Properties.RegistrationId, ProviderRegistrations.Name);
        way.SetString(PurposeKey, purpose.ToString());
        if (purpose == ProviderPurpose.Confirm)
        {
            way.SetParameter(Parameters.Prompt, PromptValues.Login);
            way.SetParameter(Parameters.MaxAge, "0");
        }

        return (way, null);
    }

    public async Task<ProviderReturn> BackAsync(HttpContext http)
    {
        if (http.GetOpenIddictClientResponse() is { Error: { } error } refused)
        {
            return new(null, Words(error, refused.ErrorDescription), null, "/");
        }

        var result = await http.AuthenticateAsync(Scheme);
        if (result is not { Succeeded: true, Principal: { } principal, Properties: { } properties } || !Enum.TryParse(properties.GetString(PurposeKey), out ProviderPurpose purpose))
        {
            return new(null, "The provider's answer could not be read. Try again.", null, "/");
        }

        var back = LocalReturn.Or(properties.RedirectUri, "/");
        return Answer(principal) is { } answer ? new(answer, null, purpose, back) : new(null, "The provider did not say who you are there.", purpose, back);
    }

    private static ProviderAnswer? Answer(ClaimsPrincipal principal) =>
        principal.GetClaim(Claims.Subject) is { Length: > 0 and <= 300 } subject && principal.GetClaim(Claims.AuthorizationServer) is { Length: > 0 } issuer
            ? new(issuer, subject, principal.GetClaim(Claims.Email), string.Equals(principal.GetClaim(Claims.EmailVerified), "true", StringComparison.OrdinalIgnoreCase),
                long.TryParse(principal.GetClaim(Claims.AuthenticationTime), CultureInfo.InvariantCulture, out var at) ? DateTimeOffset.FromUnixTimeSeconds(at) : null)
            : null;

    /// <summary>The innermost sentence: the frame around it speaks of documents and managers.</summary>
    private static string Why(Exception e) => e is OpenIddictExceptions.ProtocolException protocol ? protocol.ErrorDescription ?? protocol.Message : e.InnerException is { } inner ? Why(inner) : e.Message;

    private static string Words(string error, string? description) => error switch
    {
        Errors.AccessDenied => "The provider was told not to go on.",
        Errors.InvalidClient => "The provider does not accept the client id and secret that the practice has for it.",
        Errors.InvalidGrant => "The provider does not accept the code any more. Try again.",
        Errors.TemporarilyUnavailable => $"The provider does not answer. {description}",
        _ => $"The provider's answer is not accepted: {description ?? error}",
    };
}
