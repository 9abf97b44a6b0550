using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Host.Links;

/// <summary>Ends a link before its time: it went to the wrong person, or what it was for is settled.</summary>
public sealed class RevokeLink(LinkDesk desk) : Slice
{
    [HttpPost("/links/{id:guid}/revoke")]
    [OpenTo(Audience.SignedIn, "Each kind of link asks for its own permission.")]
    public async Task<IActionResult> Post(Guid id, CancellationToken ct) =>
        await desk.OpenAsync(id, ct) is not var (link, kind) ? NotFound()
        : Done($"/links/{id}", await desk.RevokeAsync(link, kind, ct)
            ? $"The link of {link.Recipient} opens nothing any more." : "It was used or revoked before.");
}
