using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Host.Forms;

/// <summary>One form: its draft to be worked on, its versions, and its end.</summary>
[Needs(FormKinds.Manage)]
public sealed class ShowForm(FormsDb db, FormKinds kinds, IPractice practice) : Slice
{
    public sealed record Model(
        PracticeForm Form, FormKind Kind, FormBody Body, IReadOnlyList<Line> Versions, IReadOnlyList<string> Faults, int Untranslated, string Zone, DateTimeOffset Now);

    /// <param name="Answered">How many answered this version.</param>
    public sealed record Line(FormVersion Version, int Answered);

    [HttpGet("/forms/show/{id:guid}")]
    public async Task<IActionResult> Get(Guid id, CancellationToken ct) => await FindAsync(id, ct) is not var (form, kind) ? NotFound()
        : Page(await ModelAsync(form, kind, ct));

    /// <summary>One place up or down; a question at the end of its section goes on into the next one.</summary>
    [HttpPost("/forms/show/{id:guid}/move")]
    public Task<IActionResult> Move(Guid id, string? key, bool down, CancellationToken ct) =>
        ChangeAsync(id, body => body.Move(key, down) ? "Moved." : null, ct);

    [HttpPost("/forms/show/{id:guid}/remove")]
    public Task<IActionResult> Remove(Guid id, string? key, CancellationToken ct) => ChangeAsync(id, body => body.Remove(key), ct);

    /// <summary>Nobody is asked to fill it in any more; what was answered stays.</summary>
    [HttpPost("/forms/show/{id:guid}/withdraw")]
    public async Task<IActionResult> Withdraw(Guid id, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not var (form, _))
        {
            return NotFound();
        }

        if (form.WithdrawnAt is not null)
        {
            return Done($"/forms/show/{id}", $"{form.WithdrawnBy} withdrew it already.");
        }

        (form.WithdrawnAt, form.WithdrawnBy) = (Clock.GetUtcNow(), Actor.Name);
        return await TrySaveAsync(db, ct)
            ? Done($"/forms/show/{id}", $"{form.Name} is withdrawn. Links to it open nothing any more; what was answered stays.")
            : Done($"/forms/show/{id}", "Somebody changed the form at the same moment. Look at it again.");
    }

    /// <param name="change">What was done, in words; null when the draft has nothing of that key.</param>
    private async Task<IActionResult> ChangeAsync(Guid id, Func<FormBody, string?> change, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not ({ WithdrawnAt: null } form, _))
        {
            return NotFound();
        }

        string? said = null;
        form.Change(body => said = change(body));
        return said is null ? Done($"/forms/show/{id}", "There was nothing to do: somebody changed the form meanwhile.")
            : await TrySaveAsync(db, ct) ? Done($"/forms/show/{id}", said)
            : Done($"/forms/show/{id}", "Somebody changed the form at the same moment. Look at it again.");
    }

    private async Task<(PracticeForm Form, FormKind Kind)?> FindAsync(Guid id, CancellationToken ct) =>
        await db.Forms.FirstOrDefaultAsync(f => f.Id == id, ct) is { } form && kinds.Find(form.Kind) is { } kind ? (form, kind) : null;

    private async Task<Model> ModelAsync(PracticeForm form, FormKind kind, CancellationToken ct)
    {
        var body = form.Body;
        var answered = await db.Answers.Where(a => a.FormId == form.Id && a.Number != null)
            .GroupBy(a => a.Number!.Value).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var versions = await db.Versions.AsNoTracking().Where(v => v.FormId == form.Id).OrderByDescending(v => v.Number).ToListAsync(ct);
        return new(form, kind, body, versions.ConvertAll(v => new Line(v, answered.GetValueOrDefault(v.Number))), FormRules.Faults(body, kind),
            FormTexts.Missing(body).Count, practice.Zone, Clock.GetUtcNow());
    }
}
