using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Modular.Sdk;

/// <summary>What the host gives to the page helpers of the SDK; modules use the tag helpers, not this.</summary>
public interface IPageParts
{
    /// <summary>Address of a file of the practice's theme, with its content hash.</summary>
    string Asset(string file);

    /// <summary>Address of a file of a module's <c>wwwroot</c>, with its content hash.</summary>
    string ModuleAsset(string module, string file);

    /// <summary>All panels that enabled modules put into a place and this person may see.</summary>
    /// <param name="page">The page that the place stands on, when panels with fields get a form of their own there; null: they stand in the page's form.</param>
    Task<IHtmlContent> SlotAsync(ViewContext view, SlotContext context, string? page = null);

    /// <summary>Takes what was typed into the fields of a place, see <see cref="Slice.TakeSlotAsync"/>.</summary>
    Task<bool> TakeSlotAsync(Controller page, SlotContext context, CancellationToken ct);

    /// <summary>The files of a record, see <see cref="AttachmentsTagHelper"/>.</summary>
    Task<IHtmlContent> AttachmentsAsync(ViewContext view, RecordKind kind, Guid? id, IVersioned? row);

    /// <summary>Whom the practice was in touch with about a record, see <see cref="ContactLogTagHelper"/>.</summary>
    Task<IHtmlContent> ContactLogAsync(ViewContext view, RecordKind kind, Guid? id, IVersioned? row);

    /// <summary>An indicator with its trend, see <see cref="IndicatorTagHelper"/>.</summary>
    Task<IHtmlContent> IndicatorAsync(ViewContext view, Indicator indicator, string period, Guid? location);

    /// <summary>A piece of long work, live until it ends.</summary>
    Task<IHtmlContent> ProgressAsync(ViewContext view, Guid work);

    /// <summary>The person's saved views of a list.</summary>
    Task<IReadOnlyList<SavedView>> SavedViewsAsync(string list);

    /// <summary>Active people who have a permission, by name: to whom work can be given.</summary>
    Task<IReadOnlyList<WorkOwner>> PeopleWhoMayAsync(string permission);

    /// <summary>The text kept for the key; rendered when there is none. What the key must hold: <see cref="CachedPartTagHelper.Key"/>.</summary>
    Task<IHtmlContent> CachedAsync(string key, Func<Task<IHtmlContent>> render);
}

/// <param name="Query">Filters and order as they stand in the address, without page.</param>
public sealed record SavedView(Guid Id, string Name, string Query);
