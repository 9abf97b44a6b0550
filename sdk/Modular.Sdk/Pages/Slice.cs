using Htmx;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Modular.Sdk;

/// <summary>
/// One thing a person can do: its route, form, page and write sit in one file named after it.
/// <c>/scheduling/appointments/book</c> is <c>Appointments/BookAppointment.cs</c> with <c>BookAppointment.cshtml</c> beside it.
/// </summary>
[Controller]
[AutoValidateAntiforgeryToken]
public abstract class Slice : Controller
{
    private Actor? actor;

    /// <summary>Who asks.</summary>
    protected Actor Actor => actor ??= HttpContext.RequestServices.GetRequiredService<Actor>();

    protected TimeProvider Clock => HttpContext.RequestServices.GetRequiredService<TimeProvider>();

    /// <summary>The slice's own view: the whole page for a browser, its body alone for an htmx request.</summary>
    protected internal ViewResult Page(object? model = null) => View(GetType().Name, model);

    /// <summary>A part of the page, such as <c>_Row</c>, without frame.</summary>
    protected PartialViewResult Fragment(string view, object? model = null) => PartialView(view, model);

    /// <summary>The slice's view again, with the errors of <see cref="ControllerBase.ModelState"/>; status 422 and nothing typed is lost.</summary>
    protected ViewResult Invalid(object? model)
    {
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page(model);
    }

    /// <summary>After a write: on to another page, saying what happened.</summary>
    /// <param name="url">A path of this practice.</param>
    /// <param name="said">What happened, in the office's words.</param>
    /// <param name="undo">Where a post undoes it, if it can be undone.</param>
    protected IActionResult Done(string url, string said, string? undo = null)
    {
        TempData[Toast.Key] = Toast.Write(said, undo);
        return Onward(url);
    }

    /// <summary>On to another page of this practice, from a page or from a form in a drawer.</summary>
    protected internal IActionResult Onward(string url)
    {
        if (!Request.WantsFragment())
        {
            return LocalRedirect(url);
        }

        Response.Htmx(h => h.Redirect(url));
        return new EmptyResult();
    }

    /// <summary>After a write in place: a fragment and a note.</summary>
    protected IActionResult Done(IActionResult fragment, string said, string? undo = null)
    {
        Response.Htmx(h => h.WithTrigger("toast", new { text = said, undo }));
        return fragment;
    }

    /// <summary>
    /// After a step of a row, from a button or a drawer: what became of it as a note, and the drawer closes when it was taken. The page behind
    /// follows by its live topic, here as at every other desk; without script it is <paramref name="url"/>.
    /// </summary>
    /// <param name="url">The page that shows the row.</param>
    /// <param name="said">What happened, or why not.</param>
    /// <param name="taken">False when the step was refused.</param>
    /// <param name="undo">Where a post takes the step back.</param>
    protected IActionResult Stepped(string url, string said, bool taken = true, string? undo = null)
    {
        if (!Request.WantsFragment())
        {
            return Done(url, said, undo);
        }

        Response.Htmx(h =>
        {
            h.WithTrigger("toast", new { text = said, undo });
            if (taken)
            {
                h.WithTrigger("closeDrawer");
            }
        });
        return StatusCode(taken ? Microsoft.AspNetCore.Http.StatusCodes.Status204NoContent : Microsoft.AspNetCore.Http.StatusCodes.Status409Conflict);
    }

    /// <summary>
    /// Takes what was typed into the fields that other modules have in this form (<see cref="ISlotForm{TForm}"/>). Call it inside the write that it
    /// belongs to, and leave that write without a commit when something was refused: nothing of either is saved then.
    /// </summary>
    /// <param name="slot">The place in the form.</param>
    /// <param name="id">What the place is about.</param>
    /// <param name="visit">The visit, when it is about a patient and their visit.</param>
    /// <param name="ct">Ends with the request.</param>
    /// <returns>False when something was refused; the sentences are in the model state, beside their fields.</returns>
    protected internal Task<bool> TakeSlotAsync(string slot, Guid id, Guid? visit, CancellationToken ct) =>
        HttpContext.RequestServices.GetRequiredService<IPageParts>().TakeSlotAsync(this, new(slot, id) { VisitId = visit }, ct);

    /// <summary>
    /// After the work on a row of a queue is done: the next row opens by itself for whoever works through the queue
    /// (<see cref="WorkQueue.Through"/>); everybody else goes on to <paramref name="url"/>.
    /// </summary>
    /// <param name="row">The row that is done.</param>
    /// <param name="url">A path of this practice.</param>
    /// <param name="said">What happened, in the office's words.</param>
    /// <param name="undo">Where a post undoes it, if it can be undone.</param>
    protected async Task<IActionResult> DoneNextAsync(
        WorkQueue queue, ModuleDb db, Guid row, string url, string said, CancellationToken ct, string? undo = null)
    {
        if (!WorkQueue.IsThrough(Request))
        {
            return Done(url, said, undo);
        }

        db.ChangeTracker.Clear(); // what is given next is as it is now, not as this request read it
        var place = HttpContext.RequestServices.GetRequiredService<ChosenLocation>().Location?.Id;
        return await queue.TakeNextAsync(db, new(Actor, Clock.GetUtcNow(), place), row, ct) is { } next
            ? Done(next, said, undo) : Done(queue.Path, $"{said} That was the last {queue.Noun} for you.", undo);
    }

    /// <summary>A sentence beside a field, or on top of the form when <paramref name="field"/> is empty.</summary>
    protected internal void Refuse(string field, string sentence) => ModelState.AddModelError(field, sentence);

    /// <summary>Puts what could not be taken beside its field.</summary>
    /// <param name="errors">By the names of the form's properties, whether the page holds them as <c>Name</c> or as <c>Form.Name</c>.</param>
    /// <returns>True when nothing of what was sent is refused, here or before.</returns>
    /// <example><c>return Accept(form.Read(row)) &amp;&amp; await TrySaveAsync(db, ct) ? Done("/payers", "Saved") : Invalid(form);</c></example>
    protected internal bool Accept(IEnumerable<FieldError> errors)
    {
        foreach (var error in errors)
        {
            Refuse(error.Field.Length == 0 ? "" : Prefix + error.Field, error.Sentence);
        }

        return ModelState.IsValid;
    }

    /// <summary>
    /// Saves what was added or changed. What the database refuses, for a reason that the context has a sentence for or because somebody else
    /// saved at the same moment, stands in the form. A row that people change at their leisure is saved by <see cref="Edit{TRow, TForm}"/>.
    /// </summary>
    /// <returns>False when it was refused; then answer <see cref="Invalid"/>.</returns>
    /// <example><c>return ModelState.IsValid &amp;&amp; await TrySaveAsync(db, ct) ? Done("/payers", "Saved") : Invalid(form);</c></example>
    protected Task<bool> TrySaveAsync(ModuleDb db, CancellationToken ct) => TrySaveAsync(db, null, ct);

    /// <inheritdoc cref="TrySaveAsync(ModuleDb, CancellationToken)"/>
    /// <param name="after">What goes with it in the same transaction: a message carries the version that the save gave.</param>
    protected async Task<bool> TrySaveAsync(ModuleDb db, Func<Task>? after, CancellationToken ct)
    {
        try
        {
            await using var write = await db.BeginWriteAsync(ct);
            await db.SaveChangesAsync(ct);
            await (after?.Invoke() ?? Task.CompletedTask);
            await write.CommitAsync(ct);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            Refuse("", "Somebody else saved this at the same moment. Open it again to see their version.");
        }
        catch (Exception e) when (db.Explain(e) is { } refused)
        {
            Accept([refused]);
        }

        return false;
    }

    /// <summary>
    /// The view with its <c>&lt;form edit&gt;</c>. <see cref="Edit{TRow, TForm}"/> answers with it; a slice does so itself only where the
    /// fields are no properties of a class.
    /// </summary>
    /// <param name="model">Of the view.</param>
    /// <param name="form">The model itself, or its <c>Form</c>.</param>
    /// <param name="version">Of what is saved; 0 for what is new.</param>
    /// <param name="conflict">What somebody else saved differently after the form was opened; answers 409 when there is any.</param>
    protected internal ViewResult ShowEdit(object model, object form, int version, IReadOnlyList<Difference> conflict)
    {
        new EditState(form, version, conflict).Keep(HttpContext);
        if (conflict.Count > 0)
        {
            Response.StatusCode = Microsoft.AspNetCore.Http.StatusCodes.Status409Conflict;
        }

        return Page(model);
    }

    /// <summary>Takes typed text as values on the practice's own day.</summary>
    protected internal Reading NewReading() => new(WallTime.Today(Clock, HttpContext.RequestServices.GetRequiredService<IPractice>().Zone));

    /// <summary>
    /// What stands before the names of the posted form's fields: nothing, or <c>Form.</c> where the view's model holds more than the form.
    /// </summary>
    internal string Prefix =>
        Request.HasFormContentType && Request.Form.Keys.Any(k => k.StartsWith(EditState.Prefix, StringComparison.OrdinalIgnoreCase))
            ? EditState.Prefix : "";

    /// <summary>A list is asked for as a file or on paper, which cannot ask for a reason before they show a restricted patient.</summary>
    protected bool AsFile => ListFormats.Of(Request) != ListFormat.Page;

    /// <summary>What the address asks of a list, for a slice that finds its rows in its own way.</summary>
    protected ListRequest<T> Asked<T>(ListDefinition<T> list, ListQuery query) => new(list, HttpContext, query);

    /// <summary>
    /// A list as it is asked for: its page, its file or its print, of the rows that its filters leave, in the order in force. An address
    /// that asks for what the list does not have is refused in a sentence. The slice's view has the page as its model.
    /// </summary>
    /// <param name="rows">All rows that this person may see here.</param>
    protected Task<IActionResult> ListAsync<T>(ListDefinition<T> list, IQueryable<T> rows, ListQuery query, CancellationToken ct) =>
        ListAsync(list, rows, query, page => Task.FromResult<object>(page), ct);

    /// <summary>The same, for a view that shows more than the list.</summary>
    /// <param name="model">Makes the view's model; it is not asked for a file or a print.</param>
    protected Task<IActionResult> ListAsync<T>(ListDefinition<T> list, IQueryable<T> rows, ListQuery query, Func<ListPage<T>, Task<object>> model,
        CancellationToken ct)
    {
        var asked = Asked(list, query);
        var found = asked.Refusal is null ? asked.Ordered(asked.Filtered(rows)) : rows;
        return ListAsync(asked, () => PageAsync(asked, rows, found, ct), () => ListAnswer.AllAsync(found, ct), model);
    }

    private static async Task<ListPage<T>> PageAsync<T>(ListRequest<T> asked, IQueryable<T> rows, IQueryable<T> found, CancellationToken ct)
    {
        var page = await found.PageAsync(asked.Query, ct);
        return asked.List.Queue is { } queue ? page with { Owners = await queue.CountAsync(asked.OfAnyOwner(rows), ct) } : page;
    }

    /// <summary>The same, for a slice that finds its rows in its own way.</summary>
    /// <param name="page">Reads the page.</param>
    /// <param name="all">Reads the rows of the file or the print.</param>
    protected async Task<IActionResult> ListAsync<T>(
        ListRequest<T> asked, Func<Task<ListPage<T>>> page, Func<Task<IReadOnlyList<T>>> all, Func<ListPage<T>, Task<object>> model)
    {
        var answer = new ListAnswer<T>(asked, HttpContext);
        if (asked.Format is ListFormat.Csv or ListFormat.Print)
        {
            return asked.Refusal is { } refusal ? ApiProblem.Of(StatusCodes.Status400BadRequest, refusal)
                : asked.Format == ListFormat.Csv ? answer.File(await all()) : View("ListPrint", answer.Print(await all()));
        }

        var shown = asked.Refusal is null ? await page() : new ListPage<T>([], 0, asked.Query);
        answer.Log(shown.Rows, "");
        Response.StatusCode = asked.Refusal is null ? Response.StatusCode : StatusCodes.Status400BadRequest;
        return Page(await model(shown with { Request = asked }));
    }

    /// <summary>Who saved the row while this person had its form open, to begin a sentence with: "Dana Cole", "You", "Somebody else".</summary>
    /// <param name="rowId">Id of the row that is newer than the form.</param>
    protected internal async Task<string> WhoChangedAsync(Guid rowId, CancellationToken ct)
    {
        var last = await HttpContext.RequestServices.GetRequiredService<IChangeLog>().LastAsync(rowId, ct);
        return last is null ? "Somebody else" : last.PersonId == Actor.PersonId ? "You" : last.Who;
    }
}

/// <summary>The note a page shows once after a write.</summary>
public static class Toast
{
    public const string Key = "toast";

    public static string Write(string text, string? undo) => System.Text.Json.JsonSerializer.Serialize(new[] { text, undo ?? "" });

    public static (string Text, string? Undo) Read(string stored)
    {
        var parts = System.Text.Json.JsonSerializer.Deserialize<string[]>(stored)!;
        return (parts[0], parts[1].Length == 0 ? null : parts[1]);
    }
}
