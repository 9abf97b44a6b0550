using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewEngines;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.WebUtilities;
using Modular.Host.Installed;
using Modular.Host.PatientAccess;
using Modular.Host.Practices;
using Modular.Host.Settings;
using Modular.Sdk;

namespace Modular.Host.Slots;

/// <summary>A panel that a module declared for a place.</summary>
public sealed record PlacedPanel(LoadedModule Module, SlotDeclaration Declared)
{
    public string Name { get; } = Names.Kebab(Declared.Panel.Name);

    public string Key => $"{Module.Id}.{Name}";

    /// <param name="page">The page that the panel stands on, when it has a form of its own there.</param>
    public string Url(SlotContext about, string? page = null) =>
        QueryHelpers.AddQueryString($"/slots/{Module.Id}/{Name}/{about.Slot}/{about.Id}", new Dictionary<string, string?> { ["visit"] = about.VisitId?.ToString(), ["page"] = page }
            .Where(q => q.Value is not null));

    /// <summary>Before the names of its fields in another module's form; null for a panel without any.</summary>
    public string? Prefix { get; } = typeof(ISlotForm).IsAssignableFrom(Declared.Panel) ? $"{Module.Id}_{Names.Kebab(Declared.Panel.Name)}" : null;
}

/// <summary>Writes the panels of a place: each in its own box, late ones as a placeholder that fetches itself, failed ones with a sentence.</summary>
public sealed class SlotRenderer(
    ScopeContext scope, InstalledModules modules, SlotRunner runner, ICompositeViewEngine views, PatientDoor door, AccessLog accesses, ILogger<SlotRenderer> log)
{
    public IReadOnlyList<PlacedPanel> Panels(string slot) =>
    [
        .. modules.Running.Where(m => scope.Practice.IsOn(m.Id))
            .SelectMany(m => m.Declared.Slots.Where(s => s.Slot == slot && scope.Actor.Can(s.Permission) && scope.Practice.Shows(s.Panel)).Select(s => new PlacedPanel(m, s)))
            .OrderBy(p => p.Declared.Order).ThenBy(p => p.Key, StringComparer.Ordinal),
    ];

    /// <summary>Those that may be shown there now. Whatever the place is about: no panel is asked about a shut chart.</summary>
    public IReadOnlyList<PlacedPanel> Panels(SlotContext about) => door.IsShut(about.Id) ? [] : Panels(about.Slot);

    public async Task<IHtmlContent> RenderAsync(ViewContext view, SlotContext about, string? page) =>
        Panels(about) is { Count: > 0 } panels ? await RenderAsync(view, panels, about, page, runner.PageBudget) : HtmlString.Empty;

    public async Task<IHtmlContent> RenderAsync(ViewContext view, IReadOnlyList<PlacedPanel> panels, SlotContext about, string? page, TimeSpan budget)
    {
        var outcomes = await runner.RunAsync([.. panels.Select(p => Work(p, about))], budget, view.HttpContext.RequestAborted);
        var html = new HtmlContentBuilder();
        for (var i = 0; i < panels.Count; i++)
        {
            html.AppendHtml(await BoxAsync(view, panels[i], panels[i].Url(about, page), page, outcomes[i], alone: budget > runner.PageBudget));
        }

        return html;
    }

    /// <summary>What hangs on a page about the patient is one look with it; what comes by itself is noted by itself.</summary>
    private SlotWork Work(PlacedPanel panel, SlotContext about)
    {
        var id = about.Id;
        var note = modules.WithCore.Any(m => m.Declared.PatientSlots.Contains(panel.Declared.Slot)) && !accesses.HasSeen(id);
        return new(panel.Key, async (services, ct) =>
        {
            var instance = (ISlotPanel)ActivatorUtilities.CreateInstance(services, panel.Declared.Panel);
            var view = await instance.LoadAsync(about, ct);
            if (view is not null && note && services.GetRequiredService<AccessLog>() is var own && !own.HasSeen(id))
            {
                own.Viewed(id, view.Title.Length > 0 ? view.Title : panel.Module.Manifest.Name);
            }

            return view;
        });
    }

    private async Task<IHtmlContent> BoxAsync(ViewContext view, PlacedPanel panel, string url, string? page, SlotOutcome outcome, bool alone)
    {
        var box = new SlotBox($"slot-{panel.Module.Id}-{panel.Name}", panel.Module.Manifest.Name, url);
        if (outcome is { End: SlotEnd.Loaded, Value: null })
        {
            return HtmlString.Empty;
        }

        if (outcome.Value is PanelView loaded)
        {
            try
            {
                KeepTyped(view, panel.Prefix);
                var body = await ViewAsync(view, $"/{(panel.Module.Id == LoadedModule.CoreId ? "" : panel.Module.Id + "/")}{loaded.View}.cshtml", loaded.Model, panel.Prefix);
                body = page is null || panel.Prefix is null ? body : await ViewAsync(view, "/Frame/_PanelForm.cshtml", box with { Body = body });
                return loaded.Title.Length == 0 ? body : await ViewAsync(view, "/Frame/_Panel.cshtml", box with { Title = loaded.Title, Link = loaded.Link, Body = body });
            }
            catch (Exception e)
            {
                // A view's fault is contained like its query's.
                log.LogError(e, "The view of the panel {Panel} failed", panel.Key);
            }
        }

        return await ViewAsync(view, outcome.End == SlotEnd.Late && !alone ? "/Frame/_PanelLater.cshtml" : "/Frame/_PanelFailed.cshtml", box);
    }

    /// <summary>What was typed into its fields stays when the page around it is refused before the panel is asked.</summary>
    private static void KeepTyped(ViewContext view, string? prefix)
    {
        if (prefix is null || !view.HttpContext.Request.HasFormContentType)
        {
            return;
        }

        var state = view.ViewData.ModelState;
        foreach (var (key, typed) in view.HttpContext.Request.Form.Where(f => f.Key.StartsWith($"{prefix}.", StringComparison.Ordinal) && !state.ContainsKey(f.Key)))
        {
            state.SetModelValue(key, new ValueProviderResult(typed));
        }
    }

    private async Task<IHtmlContent> ViewAsync(ViewContext around, string path, object? model, string? prefix = null)
    {
        var found = views.GetView(null, path, isMainPage: false);
        if (!found.Success)
        {
            throw new InvalidOperationException($"There is no view {path}.");
        }

        await using var writer = new StringWriter();
        var data = new ViewDataDictionary<object?>(around.ViewData, model) { Model = model };
        data.TemplateInfo.HtmlFieldPrefix = prefix ?? data.TemplateInfo.HtmlFieldPrefix;
        await found.View.RenderAsync(new ViewContext(around, found.View, data, writer));
        return new HtmlString(writer.ToString());
    }
}

/// <param name="Id">Of the element, so that a late panel takes the placeholder's place.</param>
public sealed record SlotBox(string Id, string Title, string Url)
{
    public string? Link { get; init; }

    public IHtmlContent? Body { get; init; }
}
