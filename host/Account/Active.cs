using Microsoft.AspNetCore.Mvc;
using Modular.Host.Callers;
using Modular.Host.Practices;
using Modular.Host.SignedIn;
using Modular.Sdk;

namespace Modular.Host.Account;

/// <summary>The page's script says that somebody reads or types: the idle clock starts anew.</summary>
public sealed class Active : Slice
{
    [HttpPost("/account/active")]
    [OpenTo(Audience.SignedIn, "Counts as a click of the person and does nothing else.")]
    public IActionResult Post() => NoContent();
}
