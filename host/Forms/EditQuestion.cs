using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Host.Forms;

/// <summary>One question of a form; a new one at the end of the section when the address has no key.</summary>
[Needs(FormKinds.Manage)]
public sealed class EditQuestion(FormsDb db, FormKinds kinds) : Slice
{
    [HttpGet("/forms/edit-question/{id:guid}/{section}/{key?}")]
    public Task<IActionResult> Get(Guid id, string section, string? key, CancellationToken ct) => Row(id, section, key).ShowAsync(id, ct);

    [HttpPost("/forms/edit-question/{id:guid}/{section}/{key?}")]
    public async Task<IActionResult> Post(Guid id, string section, string? key, QuestionForm form, CancellationToken ct)
    {
        form.Version = key is null ? await FormTyping.NewestAsync(db, id, form.Version, ct) : form.Version;
        form.Place(section, key);
        if (await db.Forms.AsNoTracking().FirstOrDefaultAsync(f => f.Id == id, ct) is { } row)
        {
            form.Offer(row, kinds.Find(row.Kind));
        }

        return await Row(id, section, key).SaveAsync(id, form, ct);
    }

    private Edit<PracticeForm, QuestionForm> Row(Guid id, string section, string? key) => new(this, db)
    {
        What = "form",
        Rows = FormTyping.Drafts(db, section, key),
        AlsoShow = (row, form, _) =>
        {
            form.Place(section, key);
            form.Show(row);
            return Task.CompletedTask;
        },
        Model = (row, form, _) =>
        {
            form.Place(section, key);
            form.Offer(row!, kinds.Find(row!.Kind));
            return Task.FromResult<object>(form);
        },
        Saved = _ => Done($"/forms/show/{id}", key is null ? "The question is added." : "The question is saved."),
    };
}
