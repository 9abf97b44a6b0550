using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.EntityFrameworkCore;

namespace Modular.Sdk;

/// <summary>
/// Adds and changes one row by a form, in the drawer or on a page: reads what was typed, keeps it when it is refused, puts the sentence of a
/// broken rule or constraint beside its field, and of two people shows the later one both versions, to choose field by field. A slice makes
/// one and says only what is its own. Its view holds <c>&lt;form method="post" edit&gt;</c> and <c>&lt;save-button&gt;</c>.
/// </summary>
/// <example><code>
/// [HttpGet("/patients/payers/edit/{id:guid?}")]
/// [Needs(PatientsModule.EditCoverage)]
/// public Task&lt;IActionResult&gt; Get(Guid? id, CancellationToken ct) => Payer.ShowAsync(id, ct);
///
/// [HttpPost("/patients/payers/edit/{id:guid?}")]
/// [Needs(PatientsModule.EditCoverage)]
/// public Task&lt;IActionResult&gt; Post(Guid? id, PayerForm form, CancellationToken ct) => Payer.SaveAsync(id, form, ct);
///
/// private Edit&lt;Payer, PayerForm&gt; Payer => new(this, db)
/// {
///     What = "payer",
///     New = () => new(),
///     Saved = payer => Done("/patients/payers", $"{payer.Name} saved."),
/// };
/// </code></example>
/// <param name="slice">The slice whose view is shown.</param>
/// <param name="db">Where the row is.</param>
public sealed class Edit<TRow, TForm>(Slice slice, ModuleDb db)
    where TRow : class, IVersioned
    where TForm : class, IEditForm<TRow>, new()
{
    /// <summary>What the sentences call the row: "payer".</summary>
    public required string What { get; init; }

    /// <summary>
    /// Where the row is looked for, when not among all: a contact only among those of its patient. What is not found is answered with 404.
    /// </summary>
    public IQueryable<TRow>? Rows { get; init; }

    /// <summary>Makes a row to add; left out where none is added here.</summary>
    public Func<TRow>? New { get; init; }

    /// <summary>What the form of a new row begins with.</summary>
    public Func<TForm> Blank { get; init; } = () => new();

    /// <summary>
    /// The form acts upon what its page shows of the row (verify, sign): a newer row is shown before anything is done, even where no field of
    /// the form differs.
    /// </summary>
    public bool Acts { get; init; }

    /// <summary>Fills what the form shows of other tables.</summary>
    public Func<TRow, TForm, CancellationToken, Task>? AlsoShow { get; init; }

    /// <summary>Rules and writes that need the database, before the save and in its transaction; not run when the form itself was refused.</summary>
    public Func<TRow, TForm, Reading, CancellationToken, Task>? Check { get; init; }

    /// <summary>What goes with the save in the same transaction: a message, another row. The row has its new version; a new one has 1.</summary>
    public Func<TRow, CancellationToken, Task>? After { get; init; }

    /// <summary>
    /// Saves in place of this part, in a write of its own, where that is another class's work; <see cref="Check"/> stands before that write
    /// and <see cref="After"/> is not run. A new row is in the context by then. Throws <see cref="DbUpdateConcurrencyException"/> when the row
    /// is not at the form's version any more.
    /// </summary>
    public Func<TRow, TForm, Reading, CancellationToken, Task>? Save { get; init; }

    /// <summary>The view's model, with the form as <c>Form</c>; the form itself when left out. The row is null for a new one.</summary>
    public Func<TRow?, TForm, CancellationToken, Task<object>>? Model { get; init; }

    /// <summary>Where a save leads and what is said, with the way to undo it where there is one.</summary>
    public required Func<TRow, IActionResult> Saved { get; init; }

    /// <summary>The form of a row, or of a new one when <paramref name="id"/> is null.</summary>
    public async Task<IActionResult> ShowAsync(Guid? id, CancellationToken ct)
    {
        if (id is null)
        {
            return New is null ? slice.NotFound() : await PageAsync(null, Blank(), [], ct);
        }

        return await FindAsync(id.Value, ct) is { } row ? await PageAsync(row, await ShownAsync(row, ct), [], ct) : slice.NotFound();
    }

    /// <summary>Saves what was typed; answers 422 with the sentences, 409 with both versions, or <see cref="Saved"/>.</summary>
    public Task<IActionResult> SaveAsync(Guid? id, TForm form, CancellationToken ct) => SaveAsync(id, form, again: false, ct);

    private async Task<IActionResult> SaveAsync(Guid? id, TForm form, bool again, CancellationToken ct)
    {
        var row = id is null ? New?.Invoke() : await FindAsync(id.Value, ct);
        if (row is null)
        {
            return slice.NotFound();
        }

        if (id is not null && await ConflictAsync(row, form, ct) is { } conflict)
        {
            return conflict;
        }

        try
        {
            if (await WriteAsync(row, id is null, form, ct))
            {
                return Saved(row);
            }
        }
        catch (DbUpdateConcurrencyException) when (!again)
        {
            // Somebody saved between our read and our write: start again from theirs.
            db.ChangeTracker.Clear();
            return await SaveAsync(id, form, again: true, ct);
        }

        // The row is half written: what the page shows of it is what is saved.
        db.ChangeTracker.Clear();
        var saved = id is null ? null : await FindAsync(id.Value, ct);
        slice.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return await PageAsync(saved, form, [], ct);
    }

    private async Task<bool> WriteAsync(TRow row, bool added, TForm form, CancellationToken ct)
    {
        // What could not be read is told beside what breaks a rule, not before it.
        var read = slice.NewReading();
        EmptyTexts<TForm>.Fill(form);
        form.Write(row, read);
        read.Errors.RemoveAll(e => slice.ModelState.GetFieldValidationState(slice.Prefix + e.Field) == ModelValidationState.Invalid);
        try
        {
            if (read.Errors.Count == 0 && slice.ModelState.IsValid)
            {
                await (Save is null ? CommitAsync(row, added, form, read, ct) : SaveElsewhereAsync(row, added, form, read, ct));
            }
        }
        catch (Exception e) when (db.Explain(e) is { } sentence)
        {
            read.Errors.Add(sentence);
        }

        return slice.Accept(read.Errors);
    }

    private async Task CommitAsync(TRow row, bool added, TForm form, Reading read, CancellationToken ct)
    {
        await using var write = await db.BeginWriteAsync(ct);
        if (await PreparedAsync(row, added, form, read, ct))
        {
            await db.SaveChangesAsync(ct);
            await (After?.Invoke(row, ct) ?? Task.CompletedTask);
            await write.CommitAsync(ct);
        }
    }

    private async Task SaveElsewhereAsync(TRow row, bool added, TForm form, Reading read, CancellationToken ct)
    {
        if (await PreparedAsync(row, added, form, read, ct))
        {
            await Save!(row, form, read, ct);
        }
    }

    private async Task<bool> PreparedAsync(TRow row, bool added, TForm form, Reading read, CancellationToken ct)
    {
        await (Check?.Invoke(row, form, read, ct) ?? Task.CompletedTask);
        if (added && read.Errors.Count == 0)
        {
            db.Add(row);
        }

        return read.Errors.Count == 0;
    }

    /// <summary>Both versions, when the row is newer than the form; null when the form may be saved.</summary>
    private async Task<IActionResult?> ConflictAsync(TRow row, TForm form, CancellationToken ct)
    {
        var saved = await ShownAsync(row, ct);
        var conflict = form.Version == row.Version ? [] : Difference.Between(saved, form).Where(d => Asked(d.Field)).ToList();
        if (conflict.Count == 0 && !(Acts && form.Version != row.Version))
        {
            // The same version, or another one that says the same: what was typed is no less right for that.
            form.Version = row.Version;
            TakeTheirs(saved, form);
            return null;
        }

        var below = conflict.Count > 0 ? "Both versions are below; nothing you typed is lost."
            : "Look at it again before you save; nothing you typed is lost.";
        slice.Refuse("", $"{await slice.WhoChangedAsync(row.Id, ct)} changed this {What} after you opened the form. {below}");
        slice.Response.StatusCode = StatusCodes.Status409Conflict;
        return await PageAsync(row, form, conflict, ct);
    }

    /// <summary>After a conflict: the fields for which the person chose what is saved over what they typed.</summary>
    private void TakeTheirs(TForm saved, TForm form)
    {
        var start = $"{slice.Prefix}Theirs[";
        foreach (var key in slice.Request.Form.Keys.Where(k => k.StartsWith(start, StringComparison.Ordinal) && slice.Request.Form[k] == "true"))
        {
            var field = key[start.Length..].TrimEnd(']');
            Difference.Take(saved, form, field);
            // A form that comes back shows what counts, not what was posted.
            foreach (var posted in slice.ModelState.Keys.Where(k => IsOf(slice.Prefix + field, k)).ToList())
            {
                slice.ModelState.Remove(posted);
            }
        }
    }

    /// <summary>What the page did not ask is nobody's answer: a field that this person may not see is not theirs to differ in.</summary>
    private bool Asked(string field) => slice.Request.Form.ContainsKey(slice.Prefix + field) || Difference.IsOfMany<TForm>(field);

    private static bool IsOf(string field, string key) =>
        key.StartsWith(field, StringComparison.OrdinalIgnoreCase) && (key.Length == field.Length || key[field.Length] is '[' or '.');

    private async Task<IActionResult> PageAsync(TRow? row, TForm form, IReadOnlyList<Difference> conflict, CancellationToken ct) =>
        slice.ShowEdit(Model is null ? form : await Model(row, form, ct), form, row?.Version ?? 0, conflict);

    private async Task<TForm> ShownAsync(TRow row, CancellationToken ct)
    {
        var form = new TForm { Version = row.Version };
        form.Show(row);
        await (AlsoShow?.Invoke(row, form, ct) ?? Task.CompletedTask);
        return form;
    }

    private Task<TRow?> FindAsync(Guid id, CancellationToken ct) => (Rows ?? db.Set<TRow>()).FirstOrDefaultAsync(r => r.Id == id, ct);
}
