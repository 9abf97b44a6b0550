using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Host.Pages.Home;

/// <summary>The person's day: what waits for them and how the practice stands.</summary>
public sealed class Home : Slice
{
    [HttpGet("/")]
    [OpenTo(Audience.SignedIn, "Everybody who works here has a home page; each tile asks for its own permission.")]
    public IActionResult Get() => Page();
}
