using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewEngines;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Modular.Host.Records;
using Modular.Sdk;

namespace Modular.Host.ContactLog;

/// <param name="Notes">The latest first.</param>
/// <param name="More">Further ones are on the list.</param>
public sealed record ContactsOf(SeenRecord Record, IReadOnlyList<ContactNote> Notes, bool More, bool MayWrite);

/// <summary>Whom the practice was in touch with about a record, wherever a page puts it.</summary>
public sealed class ContactPanel(ContactBook book, RecordKinds records, Actor actor, ICompositeViewEngine views)
{
    private const int Shown = 6;

    public async Task<IHtmlContent> RenderAsync(ViewContext around, RecordKind kind, Guid? id, IVersioned? row)
    {
        var ct = around.HttpContext.RequestAborted;
        if (!actor.Can(ContactLogPermissions.Read) || await records.OfPageAsync(kind, id, row, ContactBook.What, ct) is not { } record)
        {
            return HtmlString.Empty;
        }

        var notes = await book.OfAsync(record, Shown + 1, ct);
        var model = new ContactsOf(record, [.. notes.Take(Shown)], notes.Count > Shown, actor.Can(ContactLogPermissions.Write));
        var view = views.GetView(null, "/ContactLog/_Contacts.cshtml", isMainPage: false).View!;
        await using var writer = new StringWriter();
        await view.RenderAsync(new ViewContext(around, view, new ViewDataDictionary<object?>(around.ViewData, model) { Model = model }, writer));
        return new HtmlString(writer.ToString());
    }
}
