using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Modular.Host.People;
using Modular.Host.Programs;
using Modular.Sdk;

namespace Modular.Host.Pages.Connect;

/// <summary>The token endpoint: OAuth 2.0 client credentials (RFC 6749, 4.4).</summary>
public sealed class IssueToken(AccessTokens tokens, ProgramReader programs, RateLimits limits, ScopeContext scope) : ApiSlice
{
    /// <summary>A secret has 256 bits and is never guessed; this bounds the noise.</summary>
    public const int WrongPerMinute = 30;

    [HttpPost("/connect/token")]
    [OpenTo(Audience.Anyone, "Whoever calls proves by the secret in the request which program it is.")]
    public async Task<IActionResult> Post(CancellationToken ct)
    {
        (Response.Headers.CacheControl, Response.Headers.Pragma) = ("no-store", "no-cache");
        if (!Request.HasFormContentType)
        {
            return Fault("invalid_request", "Send a form: grant_type=client_credentials.");
        }

        var form = await Request.ReadFormAsync(ct);
        if (form["grant_type"].Count != 1)
        {
            return Fault("invalid_request", "Send grant_type=client_credentials once.");
        }

        if (form["grant_type"] != "client_credentials")
        {
            return Fault("unsupported_grant_type", "Only client_credentials is given.");
        }

        var (id, secret, fault) = Credentials(form);
        return fault is not null ? Fault("invalid_request", fault)
            : await ProgramAsync(id, secret, ct) is not { } program ? WrongClient()
            : await IssueAsync(program, form["scope"].ToString(), ct);
    }

    private async Task<IActionResult> IssueAsync(KnownProgram program, string asked, CancellationToken ct)
    {
        if (limits.Count($"{scope.Practice.Id:N} {program.Id:N}", program.RequestsPerMinute) is { } wait)
        {
            return Later(wait);
        }

        var wanted = asked.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct().ToList();
        if (wanted.FirstOrDefault(s => !program.Scopes.Contains(s)) is { } beyond)
        {
            return Fault("invalid_scope", $"This program was not given {beyond}.");
        }

        var given = (wanted.Count > 0 ? wanted : [.. program.Scopes]).Where(programs.Declared(scope.Practice).Contains).Order(StringComparer.Ordinal).ToList();
        var token = await tokens.IssueAsync(scope.Practice, AccessTokens.Issuer(scope.Practice, Request), program.Id, program.Generation, given, ct);
        await programs.UsedAsync(scope.Practice, program.Id, ct);
        return Ok(new Dictionary<string, object>
        {
            ["access_token"] = token,
            ["token_type"] = "Bearer",
            ["expires_in"] = (int)AccessTokens.Lasts.TotalSeconds,
            ["scope"] = string.Join(' ', given),
        });
    }

    private async Task<KnownProgram?> ProgramAsync(string? id, string? secret, CancellationToken ct) =>
        Guid.TryParseExact(id, "N", out var program) && secret is { Length: > 0 and <= 200 } ? await programs.SignInAsync(scope.Practice, program, secret, ct) : null;

    /// <summary>client_secret_basic or client_secret_post, and not both.</summary>
    private (string? Id, string? Secret, string? Fault) Credentials(IFormCollection form)
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
        {
            return (form["client_id"], form["client_secret"], null);
        }

        if (form.ContainsKey("client_secret"))
        {
            return (null, null, "Prove who you are in one way: by the header or in the form.");
        }

        var buffer = new byte[header.Length];
        return Convert.TryFromBase64String(header[6..].Trim(), buffer, out var length) && Encoding.UTF8.GetString(buffer, 0, length).Split(':', 2) is [var id, var secret]
            ? (WebUtility.UrlDecode(id), WebUtility.UrlDecode(secret), null)
            : (null, null, null);
    }

    private ObjectResult WrongClient()
    {
        if (limits.Count($"wrong {scope.Practice.Id:N} {Sessions.Ip(HttpContext)}", WrongPerMinute) is { } wait)
        {
            return Later(wait);
        }

        Response.Headers.WWWAuthenticate = "Basic realm=\"programs\"";
        return Fault("invalid_client", "No program has this id and secret here, or it was cut off.", StatusCodes.Status401Unauthorized);
    }

    private ObjectResult Later(TimeSpan wait)
    {
        Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return Fault("temporarily_unavailable", "Too often. Wait as Retry-After says.", StatusCodes.Status429TooManyRequests);
    }

    private ObjectResult Fault(string error, string sentence, int status = StatusCodes.Status400BadRequest) =>
        StatusCode(status, new Dictionary<string, string> { ["error"] = error, ["error_description"] = sentence });
}
