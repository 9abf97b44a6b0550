using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Host.Forms;

/// <summary>Somebody of the staff fills a form in on their own screen: with a patient on the telephone, from a paper, on a round.</summary>
[OpenTo(Audience.SignedIn, RecordForms.Judged)]
public sealed class FillForm(FormsDb db, FormDesk desk) : Slice
{
    public sealed record Model(OpenForm Open, FormSheet Sheet)
    {
        public string Back => RecordForms.Back(Open.Kind, Open.Record?.Row.Id);

        public string Address(string act) => FillForm.Address(Open.Form.Id, Open.Record?.Row.Id, act);
    }

    [HttpGet("/forms/fill/{id:guid}")]
    public async Task<IActionResult> Get(Guid id, Guid? record, CancellationToken ct) => await OpenAsync(id, record, ct) is not { } open ? NotFound()
        : Page(new Model(open, FormSheet.Blank(open.Version.Asks(), "en", Address(id, record, "/questions"), open.State?.Recipient)));

    /// <param name="number">The version that was on the screen.</param>
    [HttpPost("/forms/fill/{id:guid}")]
    public async Task<IActionResult> Post(
        Guid id, Guid? record, int number, [Bind(Prefix = "Signature")] SignatureForm signature, CancellationToken ct)
    {
        if (await OpenAsync(id, record, ct) is not { } open)
        {
            return NotFound();
        }

        var (read, sheet, faults) = desk.Judge(
            open.Version.Asks(), open.Kind, await FormDesk.PostedAsync(Request, ct), signature, "en", Address(id, record, "/questions"));
        faults = number == open.Version.Number ? faults : [new("", $"Version {open.Version.Number} of this form was published meanwhile. Look at it again.")];
        if (!Accept(faults) || !ModelState.IsValid)
        {
            ModelState.Remove(nameof(number));
            FormSheet.SignAnew(ModelState, signature);
            return Invalid(new Model(open, sheet));
        }

        await using var write = await db.BeginWriteAsync(ct);
        var row = open.Ask("staff", Clock.GetUtcNow(), Actor.Name);
        db.Add(row);
        await db.SaveChangesAsync(ct);
        await desk.KeepAsync(row, open.Version, read, sheet.Pad, Actor.Name, ct);
        await write.CommitAsync(ct);
        return Done(Actor.Can(open.Kind.Review) && Actor.Can(FormKinds.SeeAnswers) ? $"/forms/show-answer/{row.Id}" : RecordForms.Back(open.Kind, record),
            $"{open.Form.Name} is filled in.");
    }

    /// <summary>The questions that are asked with what is typed so far; nothing is kept.</summary>
    [HttpPost("/forms/fill/{id:guid}/questions")]
    public async Task<IActionResult> Questions(
        Guid id, Guid? record, [Bind(Prefix = "Signature")] SignatureForm signature, CancellationToken ct)
    {
        if (await OpenAsync(id, record, ct) is not { } open)
        {
            return NotFound();
        }

        var (_, sheet, _) = desk.Judge(open.Version.Asks(), open.Kind, await FormDesk.PostedAsync(Request, ct), signature, "en", Address(id, record, "/questions"));
        ModelState.Clear();
        return Fragment("_Questions", sheet);
    }

    private async Task<OpenForm?> OpenAsync(Guid id, Guid? record, CancellationToken ct) =>
        await desk.OpenAsync(id, record, ct) is { } open && open.Kind.Ways.HasFlag(FormWays.Staff) ? open : null;

    private static string Address(Guid id, Guid? record, string act) => $"/forms/fill/{id}{act}{(record is null ? "" : $"?record={record}")}";
}
