using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Registrations;
using Modular.Sdk;

namespace Modular.Patients;

/// <param name="Id">Null for a new row.</param>
public sealed record SetupPage<TForm>(Guid? Id, TForm Form, IReadOnlyList<Difference> Conflict);

/// <summary>Adds and changes one row of the practice's own lists (doctors outside, agreement forms, payers) in the drawer.</summary>
public abstract class PracticeRowSlice<TRow, TForm>(PatientsDb db, IPractice practice) : Slice
    where TRow : class, IVersioned, new()
    where TForm : RowForm<TRow>, new()
{
    protected PatientsDb Db => db;

    protected abstract string List { get; }

    protected abstract string Called(TRow row);

    protected virtual FieldError? Sentence(string constraint) => null;

    protected virtual TForm Blank(DateOnly today) => new();

    protected async Task<IActionResult> ShowAsync(Guid? id, CancellationToken ct)
    {
        if (id is null)
        {
            return Page(new SetupPage<TForm>(null, Blank(Today), []));
        }

        return await FindAsync(id.Value, ct) is { } row ? Page(new SetupPage<TForm>(id, Of(row), [])) : NotFound();
    }

    protected async Task<IActionResult> SaveAsync(Guid? id, TForm form, CancellationToken ct)
    {
        var row = id is null ? new TRow() : await FindAsync(id.Value, ct);
        if (row is null)
        {
            return NotFound();
        }

        if (id is not null && form.Version != row.Version)
        {
            return await ConflictAsync(row, form, ct);
        }

        Difference.Take(Of(row), form, form.Theirs, ModelState);
        var read = new Reading(Today);
        form.Write(row, read);
        if (read.Errors.Count == 0 && await TrySaveAsync(row, id is null, read, ct))
        {
            return Done(List, $"{Called(row)} saved.");
        }

        foreach (var error in read.Errors)
        {
            Refuse(error.Field.Length == 0 ? "" : "Form." + error.Field, error.Sentence);
        }

        return Invalid(new SetupPage<TForm>(id, form, []));
    }

    private DateOnly Today => WallTime.Today(Clock, practice.Zone);

    private async Task<bool> TrySaveAsync(TRow row, bool added, Reading read, CancellationToken ct)
    {
        if (added)
        {
            db.Add(row);
        }

        try
        {
            await db.SaveChangesAsync(ct);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            read.Refuse("", "Somebody else saved this at the same moment. Open it again to see their version.");
        }
        catch (DbUpdateException e) when (e.InnerException is Npgsql.PostgresException { ConstraintName: { } name } && Sentence(name) is { } sentence)
        {
            read.Errors.Add(sentence);
        }

        return false;
    }

    private async Task<IActionResult> ConflictAsync(TRow row, TForm typed, CancellationToken ct)
    {
        var differences = Difference.Between(Of(row), typed, typed.InWords);
        typed.Version = row.Version;
        ModelState.Remove("Form.Version");
        Refuse("", $"{await WhoChangedAsync(row.Id, ct)} changed this after you opened the form. Both versions are below; nothing you typed is lost.");
        Response.StatusCode = 409;
        return Page(new SetupPage<TForm>(row.Id, typed, differences));
    }

    private static TForm Of(TRow row)
    {
        var form = new TForm { Version = row.Version };
        form.Show(row);
        return form;
    }

    private Task<TRow?> FindAsync(Guid id, CancellationToken ct) => db.Set<TRow>().FirstOrDefaultAsync(r => EF.Property<Guid>(r, "Id") == id, ct);
}
