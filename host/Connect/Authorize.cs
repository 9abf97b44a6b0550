using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Modular.Host.Audit;
using Modular.Host.Callers;
using Modular.Host.Data;
using Modular.Host.Installed;
using Modular.Host.Keys;
using Modular.Host.Practices;
using Modular.Host.Programs;
using Modular.Host.Programs.Tokens;
using Modular.Host.Rights;
using Modular.Sdk;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Modular.Host.Connect;

/// <summary>
/// Asks a person whether a program may act for them. It asks every time: an installed app cannot prove which one it is, and whoever sits
/// at a shared desk must see that something wants to act in their name.
/// </summary>
public sealed class Authorize(
    ProgramReader programs, Standings standings, InstalledModules modules, ScopeContext scope, CurrentSession current, RateLimits limits, AuditTrail trail, Work work) : Slice
{
    private const string Scheme = OpenIddictServerAspNetCoreDefaults.AuthenticationScheme;
    /// <summary>A person reads before they answer.</summary>
    private const int AnswersPerMinute = 30;

    private const string Reason = "Everybody decides for themselves which program may act for them; it never may more than they.";

    /// <param name="Titles">What it may do, of what the person may do.</param>
    /// <param name="Lacking">What it asks for and the person may not do either.</param>
    /// <param name="Back">Whose page the browser goes on to.</param>
    /// <param name="Stays">It wants to go on by itself until the person signs out.</param>
    /// <param name="Places">Null: wherever the person may work.</param>
    /// <param name="Asked">The request, to be sent again with the answer.</param>
    public sealed record Model(
        string Program, string Person, IReadOnlyList<string> Titles, IReadOnlyList<string> Lacking, string Back, bool Stays, IReadOnlyList<string>? Places,
        IReadOnlyList<KeyValuePair<string, string?>> Asked);

    /// <param name="Sentence">Why the program's request cannot be answered, nor sent back to it.</param>
    public sealed record WrongModel(string Sentence);

    [HttpGet("/connect/authorize")]
    [OpenTo(Audience.SignedIn, Reason)]
    public async Task<IActionResult> Get(CancellationToken ct) => Wrong() ?? Ask(await ProgramAsync(ct), Request());

    [HttpPost("/connect/authorize")]
    [OpenTo(Audience.SignedIn, Reason)]
    public async Task<IActionResult> Post(string? decision, CancellationToken ct)
    {
        if (limits.Count($"consent {scope.Practice.Id:N} {current.Required.Id:N}", AnswersPerMinute) is not null)
        {
            return StatusCode(StatusCodes.Status429TooManyRequests);
        }

        if (Wrong() is { } wrong)
        {
            return wrong;
        }

        var (program, request) = (await ProgramAsync(ct), Request());
        if (decision == "allow" && Mine(program, request) is { Count: > 0 } mine)
        {
            return SignIn(standings.Principal(program, current.Required, request.HasScope(Scopes.OfflineAccess) ? [.. mine, Scopes.OfflineAccess] : mine,
                AccessTokens.Issuer(scope.Practice, HttpContext.Request)), Scheme);
        }

        if (decision != "deny")
        {
            return Ask(program, request);
        }

        trail.Add(work, new(AuditTrail.Change, LoadedModule.CoreId, $"did not let in the program {program.Name}", "programs", program.Id));
        return Forbid(new AuthenticationProperties(new Dictionary<string, string?>
        {
            [OpenIddictServerAspNetCoreConstants.Properties.Error] = Errors.AccessDenied,
            [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = "The person did not allow it.",
        }), Scheme);
    }

    private ViewResult Ask(KnownProgram program, OpenIddictRequest request)
    {
        var mine = Mine(program, request);
        var titles = RolePermissions.Declared(modules, scope.Practice).ToDictionary(p => p.Id, p => p.Title);
        var back = new Uri(request.RedirectUri!);
        // The answer to the form sends the browser on, and the policy of every other page would not let it.
        Response.Headers.ContentSecurityPolicy = SecurityHeaders.FormsLeadTo(back.GetLeftPart(UriPartial.Authority));
        return Page(new Model(
            program.Name, Actor.Name, [.. mine.Select(s => titles[s]).Order()],
            [.. Asked(program, request).Where(titles.ContainsKey).Except(mine).Select(s => titles[s]).Order()],
            program.Kind == ProgramKinds.Native ? "the app on this device" : back.Host, request.HasScope(Scopes.OfflineAccess),
            program.Locations is null ? null : [.. scope.Practice.Locations.Where(l => program.Locations.Contains(l.Id)).Select(l => l.Name)],
            [.. request.GetParameters().Select(p => KeyValuePair.Create(p.Key, (string?)p.Value))]));
    }

    /// <summary>What OpenIddict refused and cannot send back, because it does not trust the address to send it to.</summary>
    private ViewResult? Wrong()
    {
        if (HttpContext.GetOpenIddictServerResponse() is not { Error: { } error } response)
        {
            return null;
        }

        Response.StatusCode = StatusCodes.Status400BadRequest;
        return View("Wrong", new WrongModel(error == Errors.InvalidClient || Says("client_id") ? "No program has this id here, or it was cut off."
            : Says("redirect_uri") ? "The address to go back to is not one that the practice knows of this program."
            : $"The program did not ask in a way that can be answered: {response.ErrorDescription}"));

        bool Says(string parameter) => response.ErrorDescription?.Contains(parameter, StringComparison.Ordinal) == true;
    }

    private new OpenIddictRequest Request() => HttpContext.GetOpenIddictServerRequest()!;

    private async Task<KnownProgram> ProgramAsync(CancellationToken ct) => (await programs.FindAsync(scope.Practice, Guid.ParseExact(Request().ClientId!, "N"), ct))!;

    private static IEnumerable<string> Asked(KnownProgram program, OpenIddictRequest request) =>
        request.GetScopes().Where(s => s != Scopes.OfflineAccess).ToList() is { Count: > 0 } asked ? asked : program.Scopes;

    /// <summary>Of what it asks, what the person may do at this moment.</summary>
    private List<string> Mine(KnownProgram program, OpenIddictRequest request) =>
        [.. Asked(program, request).Where(s => program.Scopes.Contains(s) && Actor.Can(s)).Distinct().Order(StringComparer.Ordinal)];
}
