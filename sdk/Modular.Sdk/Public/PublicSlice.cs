using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace Modular.Sdk;

/// <summary>
/// A page for people without an account. It has a frame of its own, without rail, search or counts; no cookie or session of the staff
/// reaches it, and <see cref="Slice.Actor"/> is whoever holds the link.
/// </summary>
public abstract class PublicSlice : Slice
{
    protected PublicVisit Visit => HttpContext.RequestServices.GetRequiredService<PublicVisit>();

    /// <summary>What opened the page.</summary>
    /// <exception cref="InvalidOperationException">The page has no <see cref="PublicPageAttribute.Link"/>.</exception>
    protected OpenedLink Link => Visit.Link ?? throw new InvalidOperationException("No link opened this page.");

    /// <summary>After the link was used: thanks, in the person's language, at an address that says nothing.</summary>
    protected IActionResult Received() =>
        LocalRedirect($"/public/received?lang={Visit.Language}{(Visit.Link?.HandedOverBy is null ? "" : "&handed=true")}");

    /// <summary>The same after something was signed: the same link shows a copy of it until it ends, which whoever signed is told.</summary>
    protected IActionResult Signed() =>
        LocalRedirect($"/public/received?lang={Visit.Language}{(Visit.Link?.HandedOverBy is null ? "&copy=true" : "&handed=true")}");

    /// <summary>The link leads nowhere any more: what it was for is done, or was given up.</summary>
    protected IActionResult Gone() => StatusCode(StatusCodes.Status410Gone);
}
