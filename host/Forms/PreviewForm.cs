using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Host.Forms;

/// <summary>The draft, or a version, as whoever fills it in sees it. What is tried here is judged and counted, and not kept.</summary>
[Needs(FormKinds.Manage)]
public sealed class PreviewForm(FormsDb db, FormDesk desk, FormKinds kinds) : Slice
{
    /// <param name="Number">Of a version; null for the draft.</param>
    /// <param name="Scores">Of what was tried; null before that.</param>
    public sealed record Model(PracticeForm Form, int? Number, FormSheet Sheet, IReadOnlyList<SectionScore>? Scores, bool Tried)
    {
        public string Address(string act, string language) => PreviewForm.Address(Form.Id, Number, language, act);
    }

    [HttpGet("/forms/preview/{id:guid}")]
    public async Task<IActionResult> Get(Guid id, int? number, string? language, CancellationToken ct) =>
        await FindAsync(id, number, ct) is not var (form, body) ? NotFound() : Page(new Model(
            form, number, FormSheet.Blank(body, Spoken(language), Address(id, number, Spoken(language), "/questions")), null, false));

    [HttpPost("/forms/preview/{id:guid}")]
    public async Task<IActionResult> Post(
        Guid id, int? number, string? language, [Bind(Prefix = "Signature")] SignatureForm signature, CancellationToken ct)
    {
        if (await FindAsync(id, number, ct) is not var (form, body))
        {
            return NotFound();
        }

        var (read, sheet, faults) = desk.Judge(
            body, kinds.Find(form.Kind)!, await FormDesk.PostedAsync(Request, ct), signature, Spoken(language), Address(id, number, Spoken(language), "/questions"));
        var good = Accept(faults);
        var model = new Model(form, number, sheet, FormScore.Of(body, read.Answers), good);
        return good ? Page(model) : Invalid(model);
    }

    [HttpPost("/forms/preview/{id:guid}/questions")]
    public async Task<IActionResult> Questions(
        Guid id, int? number, string? language, [Bind(Prefix = "Signature")] SignatureForm signature, CancellationToken ct)
    {
        if (await FindAsync(id, number, ct) is not var (form, body))
        {
            return NotFound();
        }

        var (_, sheet, _) = desk.Judge(
            body, kinds.Find(form.Kind)!, await FormDesk.PostedAsync(Request, ct), signature, Spoken(language), Address(id, number, Spoken(language), "/questions"));
        ModelState.Clear();
        return Fragment("_Questions", sheet);
    }

    private async Task<(PracticeForm Form, FormBody Body)?> FindAsync(Guid id, int? number, CancellationToken ct) =>
        await db.Forms.AsNoTracking().FirstOrDefaultAsync(f => f.Id == id, ct) is not { } form || kinds.Find(form.Kind) is null ? null
        : number is null ? (form, form.Body)
        : await desk.PublishedAsync(id, number.Value, ct) is { } version ? (form, version.Asks()) : null;

    private static string Spoken(string? language) => language == "es" ? "es" : "en";

    private static string Address(Guid id, int? number, string language, string act) =>
        $"/forms/preview/{id}{act}?language={language}{(number is null ? "" : $"&number={number}")}";
}
