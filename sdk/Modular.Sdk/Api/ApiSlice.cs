using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Modular.Sdk;

/// <summary>
/// JSON for programs, below <c>/api/{module}</c>. It opens to a bearer token with the permission named by <see cref="NeedsAttribute"/>, and to
/// nothing else: a browser's session means nothing here, and a token means nothing on a page. What it does is what the page does, by the same classes.
/// </summary>
/// <remarks>
/// Write <c>[Description]</c> on the action and on the fields of what it takes and answers: the module's OpenAPI document says it. A POST
/// carries an <c>Idempotency-Key</c>, which the host keeps: sent twice it is done once and answered alike. Everything one POST writes is
/// one transaction.
/// </remarks>
[Controller]
public abstract class ApiSlice : ControllerBase
{
    private Actor? actor;

    /// <summary>The program that asks.</summary>
    protected Actor Actor => actor ??= HttpContext.RequestServices.GetRequiredService<Actor>();

    protected TimeProvider Clock => HttpContext.RequestServices.GetRequiredService<TimeProvider>();

    /// <summary>200 with the row and its version as ETag; 304 without it when the program has this version already.</summary>
    protected ActionResult Shown(object body, int version)
    {
        Response.Headers.ETag = ETag(version);
        return Request.Headers.IfNoneMatch.ToString() == ETag(version) ? StatusCode(StatusCodes.Status304NotModified) : Ok(body);
    }

    /// <summary>201 with the new row, where to read it, and its version as ETag.</summary>
    protected ActionResult Added(string url, object body, int version)
    {
        Response.Headers.ETag = ETag(version);
        return Created(url, body);
    }

    /// <summary>
    /// A declared list for a program: its filters and search by their names, part by part in the order of the ids, each row with a field
    /// a column. Write <see cref="ListedAttribute"/> on the action; the module's OpenAPI document says the rest.
    /// </summary>
    /// <param name="rows">All rows that this program may see.</param>
    protected Task<ActionResult> ListAsync<T>(ListDefinition<T> list, IQueryable<T> rows, ApiListQuery query, CancellationToken ct)
    {
        var asked = new ListRequest<T>(list, HttpContext, new() { Text = Request.Query["q"] }, program: true);
        return ListAsync(asked, rows, query, row => ApiRow(asked, row), ct);
    }

    /// <summary>The same, for rows that programs read with other fields than the page has columns.</summary>
    protected Task<ActionResult> ListAsync<T, TBody>(ListDefinition<T> list, IQueryable<T> rows, ApiListQuery query, Func<T, TBody> body,
        CancellationToken ct) =>
        ListAsync(new ListRequest<T>(list, HttpContext, new() { Text = Request.Query["q"] }, program: true), rows, query, body, ct);

    private async Task<ActionResult> ListAsync<T, TBody>(ListRequest<T> asked, IQueryable<T> rows, ApiListQuery query, Func<T, TBody> body,
        CancellationToken ct)
    {
        if (asked.Refusal is { } refusal)
        {
            return Refused(StatusCodes.Status400BadRequest, refusal);
        }

        var list = asked.List;
        var after = HttpContext.Read<ApiPlace>(query, asked.Question);
        var found = await list.After(asked.Filtered(rows), after?.Id).Take(query.Take()).ToListAsync(ct);
        var page = HttpContext.Page(query, asked.Question, found, row => new ApiPlace(list.IdOf(row)), body);
        if (list.Patients is { } patients && found.Take(page.Items.Count).SelectMany(patients).Distinct().ToArray() is { Length: > 0 } ids)
        {
            HttpContext.RequestServices.GetRequiredService<IAccessLog>().Listed(ids, $"{list.Logged}, to a program");
        }

        return Ok(page);
    }

    private static Dictionary<string, object?> ApiRow<T>(ListRequest<T> asked, T row) =>
        asked.Columns.Where(c => !c.PageOnly).Select(c => KeyValuePair.Create(c.Field, c.InFile(row, asked.Ask)))
            .Prepend(new("id", asked.List.IdOf(row))).ToDictionary();

    private sealed record ApiPlace(Guid Id);

    /// <summary>404, as for a row of another place: what a program may not see does not exist for it.</summary>
    protected ActionResult Missing(string sentence = "There is nothing under this id.") => Refused(StatusCodes.Status404NotFound, sentence);

    /// <summary>The version in <c>If-Match</c>; null when it was not sent or is no version of ours: then answer <see cref="VersionNeeded"/>.</summary>
    protected int? IfMatch =>
        Request.Headers.IfMatch.ToString() is ['"', .. var inner, '"'] && int.TryParse(inner, out var version) && version > 0 ? version : null;

    /// <summary>428: a change names the version it was decided on, so that nobody overwrites what they have not seen.</summary>
    protected ActionResult VersionNeeded() =>
        Refused(StatusCodes.Status428PreconditionRequired, "Send the ETag you read as If-Match: a change must say which version it is made to.");

    /// <summary>412: somebody changed the row since it was read.</summary>
    protected ActionResult Outdated(string sentence) => Refused(StatusCodes.Status412PreconditionFailed, sentence);

    /// <summary>422 with a sentence at a field of the request, or at the whole when <paramref name="field"/> is empty.</summary>
    /// <param name="more">What helps to do better, by name: the next free times.</param>
    protected ActionResult Invalid(string field, string sentence, IReadOnlyDictionary<string, object?>? more = null) =>
        Invalid([KeyValuePair.Create(field, sentence)], more);

    /// <summary>422 with sentences by field.</summary>
    protected ActionResult Invalid(IEnumerable<KeyValuePair<string, string>> sentences, IReadOnlyDictionary<string, object?>? more = null)
    {
        var errors = sentences.GroupBy(s => ApiProblem.Field(s.Key)).ToDictionary(g => g.Key, g => g.Select(s => s.Value).ToArray());
        return ApiProblem.Of(StatusCodes.Status422UnprocessableEntity, errors.Values.First()[0], errors, more);
    }

    /// <summary>
    /// Takes a step of a row: 428 without a version, 404 where there is no such row for this program, 412 when somebody changed it since, 409 with
    /// the sentence when the step cannot be taken; else the row as it is with it.
    /// </summary>
    /// <param name="db">The module's context.</param>
    /// <param name="id">Of the row.</param>
    /// <param name="step">Also says which permission it takes.</param>
    /// <param name="take">Calls <see cref="Step{TRow, TState}.Take"/>.</param>
    /// <param name="body">The row as programs read it.</param>
    /// <example><code>
    /// TakeAsync(db, id, SampleSteps.Send, s =&gt; s.Send(sending.Lab, Clock.GetUtcNow(), Actor.Name), s =&gt; SampleBody.Of(s), ct)
    /// </code></example>
    protected async Task<ActionResult> TakeAsync<TRow, TState>(
        ModuleDb db, Guid id, Step<TRow, TState> step, Func<TRow, string?> take, Func<TRow, object> body, CancellationToken ct)
        where TRow : class, IVersioned where TState : struct, Enum
    {
        if (IfMatch is not { } version)
        {
            return VersionNeeded();
        }

        if (await db.Set<TRow>().FirstOrDefaultAsync(r => r.Id == id, ct) is not { } row)
        {
            return Missing();
        }

        var result = await step.Of.TakeAsync(db, Actor, row, version, step, take, ct);
        return result.Taken ? Shown(body(row), row.Version)
            : result.Outdated ? Outdated(result.Refusal!)
            : Refused(StatusCodes.Status409Conflict, result.Refusal!);
    }

    /// <summary>A refusal with its status and a sentence.</summary>
    protected static ActionResult Refused(int status, string sentence) => ApiProblem.Of(status, sentence);

    private static string ETag(int version) => $"\"{version}\"";
}
