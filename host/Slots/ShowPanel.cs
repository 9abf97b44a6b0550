using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Host.Slots;

/// <summary>One panel by itself: what a page's placeholder fetches.</summary>
public sealed class ShowPanel(SlotRenderer slots) : Slice
{
    [Background]
    [HttpGet("/slots/{module}/{panel}/{slot}/{id:guid}")]
    [OpenTo(Audience.SignedIn, "Each panel asks for the permission it declared.")]
    public IActionResult Get(string module, string panel, string slot, Guid id, Guid? visit) =>
        slots.Panels(slot).FirstOrDefault(p => p.Module.Id == module && p.Name == panel) is { } found
            ? Page(new PanelPage(found, new(slot, id) { VisitId = visit })) : NotFound();
}

public sealed record PanelPage(PlacedPanel Panel, SlotContext About);
