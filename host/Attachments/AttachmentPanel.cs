using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewEngines;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Modular.Host.Records;
using Modular.Sdk;

namespace Modular.Host.Attachments;

/// <summary>The files of one record.</summary>
public sealed record AttachmentsOf(SeenRecord Record, IReadOnlyList<Attachment> All, bool MayChange)
{
    public IEnumerable<Attachment> Present => All.Where(a => a.RemovedAt is null);

    public IEnumerable<Attachment> Removed => All.Where(a => a.RemovedAt is not null);

    public string Address => $"/attachments/{Record.Kind.Id}/{Record.Row.Id}";
}

/// <summary>The files of a record, wherever a page puts them.</summary>
public sealed class AttachmentPanel(AttachmentStore store, RecordKinds records, Actor actor, ICompositeViewEngine views)
{
    public async Task<AttachmentsOf> LoadAsync(SeenRecord record, CancellationToken ct) =>
        new(record, await store.OfAsync(record, ct), record.MayChange(actor));

    public async Task<IHtmlContent> RenderAsync(ViewContext around, RecordKind kind, Guid? id, IVersioned? row)
    {
        var ct = around.HttpContext.RequestAborted;
        if (kind.Attachments is null)
        {
            throw new InvalidOperationException($"The kind of record {kind.Id} is declared without attachments.");
        }

        if (await records.OfPageAsync(kind, id, row, AttachmentStore.What(kind), ct) is not { } record)
        {
            return HtmlString.Empty;
        }

        var view = views.GetView(null, "/Attachments/_Attachments.cshtml", isMainPage: false).View!;
        await using var writer = new StringWriter();
        var model = await LoadAsync(record, ct);
        await view.RenderAsync(new ViewContext(around, view, new ViewDataDictionary<object?>(around.ViewData, model) { Model = model }, writer));
        return new HtmlString(writer.ToString());
    }
}
