using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Modular.Host.Assets;
using Modular.Host.Attachments;
using Modular.Host.ContactLog;
using Modular.Host.Frame.Cached;
using Modular.Host.Indicators;
using Modular.Host.Practices;
using Modular.Host.Progress;
using Modular.Host.Queues;
using Modular.Host.Slots;
using Modular.Sdk;

namespace Modular.Host.Frame;

/// <summary>What the SDK's page helpers ask the host for.</summary>
public sealed class PageParts(
    ScopeContext scope, AssetStore assets, SlotRenderer slots, SlotForms forms, ProgressFragment progress,
    AttachmentPanel attachments, ContactPanel contacts, IndicatorPanel indicators,
    SavedViews views, CachedParts cached, QueuePeople people) : IPageParts
{
    public string Asset(string file) => assets.ThemeUrl(scope.HasPractice ? scope.Practice.Snapshot.Theme : Theme.Default, file);

    public string ModuleAsset(string module, string file) => assets.ModuleUrl(module, file);

    public Task<IHtmlContent> SlotAsync(ViewContext view, SlotContext context, string? page = null) =>
        // Panels are the staff's.
        scope.Visit is null ? slots.RenderAsync(view, context, page) : Task.FromResult<IHtmlContent>(HtmlString.Empty);

    public Task<bool> TakeSlotAsync(Controller page, SlotContext context, CancellationToken ct) => forms.TakeAsync(page, context, ct);

    public Task<IHtmlContent> AttachmentsAsync(ViewContext view, RecordKind kind, Guid? id, IVersioned? row) =>
        attachments.RenderAsync(view, kind, id, row);

    public Task<IHtmlContent> ContactLogAsync(ViewContext view, RecordKind kind, Guid? id, IVersioned? row) =>
        contacts.RenderAsync(view, kind, id, row);

    public Task<IHtmlContent> IndicatorAsync(ViewContext view, Indicator indicator, string period, Guid? location) =>
        indicators.RenderAsync(view, indicator, period, location);

    public Task<IHtmlContent> ProgressAsync(ViewContext view, Guid work) => progress.RenderAsync(view, work);

    public Task<IReadOnlyList<SavedView>> SavedViewsAsync(string list) => views.OfAsync(list);

    public Task<IReadOnlyList<WorkOwner>> PeopleWhoMayAsync(string permission) => people.WhoMayAsync(permission);

    public Task<IHtmlContent> CachedAsync(string key, Func<Task<IHtmlContent>> render) => cached.OfAsync(key, render);
}
