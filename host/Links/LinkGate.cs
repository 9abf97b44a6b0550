using System.Security.Claims;
using Microsoft.AspNetCore.Http.Features;
using Modular.Host.Audit;
using Modular.Host.Callers;
using Modular.Host.Data;
using Modular.Host.Practices;
using Modular.Host.SignIn;
using Modular.Host.SignedIn;
using Modular.Sdk;

namespace Modular.Host.Links;

/// <summary>Why a link opens nothing, for the page that says so.</summary>
public sealed record LinkRefusal(LinkState State);

/// <summary>
/// Before a public page: not too many looks from one address and at one link, a body that is not too large, and a link that is good here, for
/// this page, with its second fact known. Then whoever holds it is let in, as nobody of the staff.
/// </summary>
public sealed class LinkGate(
    RateLimits limits, LinkTries tries, LinkStore store, LinkProof proof, LinkBook book,
        ScopeContext scope, AuditTrail trail, Work work, TimeProvider clock)
{
    /// <summary>Looks a minute. A family behind one address fills a long form in less.</summary>
    public const int PerAddress = 120;
    public const int PerLink = 30;

    /// <returns>False when the request is answered: refused, or sent to the question.</returns>
    public async Task<bool> AdmitAsync(HttpContext http, PublicPageAttribute page)
    {
        if (limits.Count($"public {scope.Practice.Id:N} {Sessions.Ip(http)}", PerAddress) is not null)
        {
            return Refuse(http, StatusCodes.Status429TooManyRequests);
        }

        var largest = page.LargestKilobytes * 1024L;
        if (http.Request.ContentLength > largest)
        {
            return Refuse(http, StatusCodes.Status413PayloadTooLarge);
        }

        // For what does not say beforehand how large it is.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = largest;
        }

        if (page.Link is null)
        {
            return true;
        }

        var token = http.Request.RouteValues["link"] as string;
        if (await FindAsync(http, token, used: HttpMethods.IsGet(http.Request.Method)) is not { } found)
        {
            return false;
        }

        if (LinkBook.PageOf(found.Kind) != page.Link)
        {
            return Refuse(http, StatusCodes.Status404NotFound);
        }

        if (found.Link.UsedAt is not null)
        {
            http.Response.Redirect($"/public/copy/{token}");
            return false;
        }

        if (found.Link.BirthDigest is not null && !proof.Holds(http, found.Link))
        {
            http.Response.Redirect($"/public/prove/{token}");
            return false;
        }

        Enter(http, found.Link, found.Kind);
        return true;
    }

    /// <summary>The link that is open here under this token; null when the request was refused.</summary>
    /// <param name="used">One by which something was signed is let in after that too, for the copy.</param>
    public async Task<(LinkRow Link, LinkKind Kind)?> FindAsync(HttpContext http, string? token, bool used = false)
    {
        // Counted before it is looked for; what is there costs nothing.
        if (!tries.Count(http))
        {
            Refuse(http, StatusCodes.Status429TooManyRequests);
            return null;
        }

        if (await store.FindAsync(token, http.RequestAborted) is not { } link || book.Find(scope.Practice, link.Kind) is not { } kind)
        {
            Refuse(http, StatusCodes.Status404NotFound);
            return null;
        }

        tries.TakeBack(http);
        if (limits.Count($"link {scope.Practice.Id:N} {link.Id:N}", PerLink) is not null)
        {
            Refuse(http, StatusCodes.Status429TooManyRequests);
            return null;
        }

        var now = clock.GetUtcNow();
        if (link.StateAt(now) is not LinkState.Open and var state
            && !(used && link.MayLeaveCopy(now) && await store.LeftCopyAsync(link.Id, http.RequestAborted)))
        {
            http.Features.Set(new LinkRefusal(state));
            Refuse(http, StatusCodes.Status410Gone);
            return null;
        }

        return (link, kind);
    }

    private void Enter(HttpContext http, LinkRow link, LinkKind kind)
    {
        var request = PublicRequest.Of(http)!;
        scope.Admit(
            new(request.Chosen ? request.Language : link.Language,
                new(link.Id, link.Kind, link.SubjectId, link.PatientId, link.LocationId, link.Recipient, link.BirthDigest is not null,
                    link.HandedOver ? link.MadeBy : null, link.ExpiresAt)),
            new Actor
            {
                Name = $"{link.Recipient} (by link)",
                Permissions = kind.Allows.ToHashSet(),
                Locations = link.LocationId is { } place ? [place] : [],
            });
        // A form of one link cannot be sent as another: the request token is bound to this.
        http.User = new(new ClaimsIdentity([new Claim("sub", link.Id.ToString("N"))], "link"));
        if (HttpMethods.IsGet(http.Request.Method))
        {
            trail.Add(work, LinkWords.Note(AuditTrail.Access, link, kind, LinkWords.Opened, $"from {Sessions.Ip(http)}"));
        }
    }

    private static bool Refuse(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        return false;
    }
}
