using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewEngines;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Modular.Host.Data;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.Progress;

/// <summary>The bar with done, total, rate and time left, wherever a page puts it.</summary>
public sealed class ProgressFragment(Work work, ScopeContext scope, ICompositeViewEngine views)
{
    /// <summary>Who started it may watch, and whoever looks after jobs; what the system started is everybody's.</summary>
    public bool May(ProgressRow row) => row.StartedBy is null || row.StartedBy == scope.Actor.PersonId || scope.Actor.Can("core.operations.manage");

    public async Task<ProgressRow?> FindAsync(Guid id, CancellationToken ct) => await ProgressRow.FindAsync(work, id, ct) is { } row && May(row) ? row : null;

    public async Task<IHtmlContent> RenderAsync(ViewContext around, Guid id)
    {
        if (await FindAsync(id, around.HttpContext.RequestAborted) is not { } row)
        {
            return HtmlString.Empty;
        }

        var view = views.GetView(null, "/Progress/_Job.cshtml", isMainPage: false).View!;
        await using var writer = new StringWriter();
        await view.RenderAsync(new ViewContext(around, view, new ViewDataDictionary<object?>(around.ViewData, row) { Model = row }, writer));
        return new HtmlString(writer.ToString());
    }
}
