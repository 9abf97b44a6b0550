using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Panels.Pages;

/// <summary>A page for people without an account that tries to show what is the staff's.</summary>
public sealed class LinkedPage(IPublicLinks links) : PublicSlice
{
    public const string Kind = "panels.page";

    [HttpGet("/public/panels/pages/{link}")]
    [PublicPage("Shows what a public page has of the staff's frame, which is nothing.", Link = Kind)]
    public IActionResult Get(bool frame)
    {
        ViewData["Layout"] = frame ? "/Frame/_Frame.cshtml" : null;
        return Page();
    }

    [HttpPost("/public/panels/pages/{link}")]
    [PublicPage("Uses the link that opened the page.", Link = Kind)]
    public async Task<IActionResult> Post(CancellationToken ct) => await links.UseAsync(ct) ? Received() : Gone();
}

/// <summary>Makes such a link for the staff.</summary>
public sealed class MakeLink(IPublicLinks links) : Slice
{
    [HttpPost("/panels/pages/make-link")]
    [Needs("panels.page.read")]
    public async Task<IActionResult> Post(Guid subject, DateOnly? birth, CancellationToken ct) =>
        this.LinkMade(await links.MakeAsync(new(LinkedPage.Kind, subject, "Somebody") { BirthDate = birth }, ct));
}
