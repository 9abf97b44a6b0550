using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewEngines;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Modular.Sdk;

namespace Modular.Host.Indicators;

/// <summary>An indicator with its trend, wherever a page of a module puts it.</summary>
public sealed class IndicatorPanel(
    KnownIndicators known, IndicatorReader reader, IPractice practice, Actor actor, TimeProvider clock, ICompositeViewEngine views)
{
    public async Task<IHtmlContent> RenderAsync(ViewContext around, Indicator indicator, string period, Guid? location)
    {
        if (!actor.Can(IndicatorPermissions.Read) || known.FindMine(indicator.Key) is not { Of: var mine }
            || (location is { } place && IndicatorPlaces.Of(actor, practice).All(p => p.Id != place)))
        {
            return HtmlString.Empty;
        }

        var span = IndicatorSpan.Of(period, WallTime.Today(clock, practice.Zone));
        var reading = (await reader.ReadAsync([mine], new(span, location), around.HttpContext.RequestAborted))[0];
        var view = views.GetView(null, "/Indicators/_Indicator.cshtml", isMainPage: false).View!;
        await using var writer = new StringWriter();
        await view.RenderAsync(new ViewContext(around, view, new ViewDataDictionary<object?>(around.ViewData, reading) { Model = reading }, writer));
        return new HtmlString(writer.ToString());
    }
}
