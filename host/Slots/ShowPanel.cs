using Htmx;
using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Host.Slots;

/// <summary>One panel by itself: what a page's placeholder fetches, and where a panel with a form of its own is saved.</summary>
public sealed class ShowPanel(SlotRenderer slots, SlotForms forms, IWork work) : Slice
{
    [Background]
    [HttpGet("/slots/{module}/{panel}/{slot}/{id:guid}")]
    [OpenTo(Audience.SignedIn, "Each panel asks for the permission it declared.")]
    public IActionResult Get(string module, string panel, string slot, Guid id, Guid? visit, string? page) =>
        Find(slots.Panels(slot), module, panel) is { } found ? Page(new PanelPage(found, new(slot, id) { VisitId = visit }, Own(page))) : NotFound();

    [HttpPost("/slots/{module}/{panel}/{slot}/{id:guid}")]
    [OpenTo(Audience.SignedIn, "Each panel asks for the permission it declared.")]
    public async Task<IActionResult> Post(string module, string panel, string slot, Guid id, Guid? visit, string? page, CancellationToken ct)
    {
        var about = new SlotContext(slot, id) { VisitId = visit };
        // As where its page is drawn: none about a shut chart. The door has refused the id before; this does not lean on it.
        if (Find(slots.Panels(about), module, panel) is not { Prefix: not null } found || Own(page) is not { } stands)
        {
            return NotFound();
        }

        await using (var write = await work.BeginAsync(ct: ct))
        {
            if (!await forms.TakeAsync(this, found, about, ct))
            {
                await write.DisposeAsync();
                Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
                return Page(new PanelPage(found, about, stands));
            }

            await write.CommitAsync(ct);
        }

        if (!Request.WantsFragment())
        {
            return Done(stands, "Saved");
        }

        // The panel as it is now, with nothing typed into it.
        ModelState.Clear();
        Response.Htmx(h => h.WithTrigger("toast", new { text = "Saved" }));
        return Page(new PanelPage(found, about, stands));
    }

    private static PlacedPanel? Find(IReadOnlyList<PlacedPanel> panels, string module, string panel) =>
        panels.FirstOrDefault(p => p.Module.Id == module && p.Name == panel);

    private string? Own(string? page) => Url.IsLocalUrl(page) ? page : null;
}

/// <param name="Page">Where a panel with a form of its own stands; null: in a form of the page.</param>
public sealed record PanelPage(PlacedPanel Panel, SlotContext About, string? Page);
