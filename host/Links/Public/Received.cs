using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Host.Links.Public;

/// <summary>Thanks, after a link was used.</summary>
public sealed class Received : PublicSlice
{
    /// <param name="Handed">On a screen of the practice, which goes back to the staff.</param>
    /// <param name="Copy">Something was signed, of which the link gives a copy.</param>
    public sealed record Model(bool Handed, bool Copy);

    [HttpGet("/public/received")]
    [PublicPage("After somebody without an account sent something, they are told that it has arrived; the page says nothing else.")]
    public IActionResult Get(bool handed, bool copy) => Page(new Model(handed, copy));
}
