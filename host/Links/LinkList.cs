using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Host.Links;

/// <summary>All links of one row of a module, with what became of each.</summary>
public sealed class LinkList(LinkDesk desk) : Slice
{
    public sealed record Model(LinkKind Kind, IReadOnlyList<Row> Rows);

    public sealed record Row(LinkRow Link, LinkState State, int Opened);

    [HttpGet("/links")]
    [OpenTo(Audience.SignedIn, "Each kind of link asks for its own permission.")]
    public async Task<IActionResult> Get(string? kind, Guid? subject, Guid? patient, CancellationToken ct)
    {
        if (desk.Kind(kind) is not { } found || subject is not { } row)
        {
            return NotFound();
        }

        var (links, now) = (await desk.ListAsync(found, row, patient, ct), Clock.GetUtcNow());
        var opened = await desk.OpenedAsync(links, ct);
        return Page(new Model(found, [.. links.Select(l => new Row(l, l.StateAt(now), opened.GetValueOrDefault(l.Id).Count))]));
    }
}
