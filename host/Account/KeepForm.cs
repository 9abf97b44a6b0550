using Microsoft.AspNetCore.Mvc;
using Modular.Host.Callers;
using Modular.Host.Practices;
using Modular.Host.SignedIn;
using Modular.Sdk;

namespace Modular.Host.Account;

/// <summary>The page locks itself with a half-typed form on it: the form comes here first, and the answer is where to return to.</summary>
public sealed class KeepForm(KeptForms kept, ScopeContext scope, CurrentSession current) : Slice
{
    [Background]
    // A locked or ended session has no valid token of its own any more; what is kept is checked against the person it belongs to.
    [HttpPost("/account/keep"), IgnoreAntiforgeryToken]
    [OpenTo(Audience.Anyone, "A locked session is nobody; what is kept is given back to its person only.")]
    public async Task<IActionResult> Post([FromQuery] string? action, [FromQuery] string? page) =>
        await kept.KeepAsync(HttpContext, scope.Practice, current, LocalReturn.Or(action, "/account")) is { } id
            ? Content(KeptForms.Address(LocalReturn.Or(page, "/"), id), "text/plain")
            : BadRequest();
}
