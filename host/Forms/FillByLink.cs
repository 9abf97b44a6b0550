using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Host.Links;
using Modular.Sdk;

namespace Modular.Host.Forms;

/// <summary>A form and nothing else, for whoever fills it in without an account: at home, or on a screen that is handed over.</summary>
public sealed class FillByLink(FormsDb db, FormDesk desk, FormKinds kinds, IPublicLinks links) : PublicSlice
{
    private const string Reason =
        "Somebody without an account fills in a form that the practice asked them for, at home or on a screen of the office.";

    public sealed record Model(string Name, int Number, FormSheet Sheet);

    [HttpGet("/public/forms/{link}")]
    [PublicPage(Reason, Link = LinkBook.FormLink, LargestKilobytes = 256)]
    public async Task<IActionResult> Get(CancellationToken ct) => await FindAsync(ct) is not var (asked, newest) ? Gone()
        : Page(new Model(asked.FormName, newest.Number, FormSheet.Blank(newest.Asks(), Visit.Language, null)));

    /// <param name="number">The version that was on the screen.</param>
    [HttpPost("/public/forms/{link}")]
    [PublicPage(Reason, Link = LinkBook.FormLink, LargestKilobytes = 256)]
    public async Task<IActionResult> Post(int number, [Bind(Prefix = "Signature")] SignatureForm signature, CancellationToken ct)
    {
        await using var write = await db.BeginWriteAsync(ct);
        await write.LockAsync($"form {Link.SubjectId}", ct);
        if (await FindAsync(ct) is not var (asked, newest))
        {
            return Gone();
        }

        var (read, sheet, faults) = desk.Judge(
            newest.Asks(), kinds.Find(asked.Kind)!, await FormDesk.PostedAsync(Request, ct), signature, Visit.Language, null);
        PatientTexts texts = FormReader.Texts(Visit.Language);
        faults = number == newest.Number ? faults : [new("", texts["FormNewer"])];
        if (!Accept(faults) || !ModelState.IsValid)
        {
            ModelState.Remove(nameof(number));
            FormSheet.SignAnew(ModelState, signature);
            return Invalid(new Model(asked.FormName, newest.Number, sheet));
        }

        if (!await links.UseAsync(ct))
        {
            return Gone();
        }

        await desk.KeepAsync(asked, newest, read, sheet.Pad, Link.Recipient, ct);
        await write.CommitAsync(ct);
        return Received();
    }

    /// <summary>What this link asks for, and the form as it is published now; null once it was answered, or is not wanted any more.</summary>
    private async Task<(FormAnswer Asked, FormVersion Newest)?> FindAsync(CancellationToken ct)
    {
        var asked = await db.Answers.FirstOrDefaultAsync(a => a.Id == Link.SubjectId && a.State == FormState.Asked, ct);
        return asked is not null
            && await db.Forms.AsNoTracking().FirstOrDefaultAsync(f => f.Id == asked.FormId && f.WithdrawnAt == null, ct) is { } form ? (asked, await desk.VersionAsync(form.Id, form.Current, ct)) : null;
    }
}
