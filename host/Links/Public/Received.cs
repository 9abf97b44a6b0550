using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Host.Links.Public;

/// <summary>Thanks, after a link was used.</summary>
public sealed class Received : PublicSlice
{
    [HttpGet("/public/received")]
    [PublicPage("After somebody without an account sent something, they are told that it has arrived; the page says nothing else.")]
    public IActionResult Get(bool handed) => Page(handed);
}
