using Microsoft.AspNetCore.Mvc;
using Modular.Host.Callers;
using Modular.Sdk;

namespace Modular.Host.Frame;

/// <summary>The location in the top bar: a default for filters, never a right.</summary>
public sealed class PlaceChoice(ChosenLocation place) : Slice
{
    [HttpPost("/place")]
    [OpenTo(Audience.SignedIn, "Only locations the person works at can be chosen.")]
    public IActionResult Post(Guid location, string? back)
    {
        if (place.Choices.Any(l => l.Id == location))
        {
            Response.Cookies.Append(HostCookie.NameOf(Request, Places.Cookie), location.ToString(), new()
            {
                HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = Request.IsHttps, MaxAge = TimeSpan.FromDays(365), Path = "/",
            });
        }

        return LocalRedirect(Url.IsLocalUrl(back) ? back : "/");
    }
}
