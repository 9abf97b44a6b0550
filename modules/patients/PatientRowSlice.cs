using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;
using Modular.Patients.Registrations;
using Modular.Sdk;

namespace Modular.Patients;

/// <summary>A row of a patient as typed in the drawer.</summary>
public abstract class RowForm<TRow>
{
    /// <summary>Of the row the form was opened with; 0 for a new one.</summary>
    public int Version { get; set; }

    /// <summary>After a conflict: the fields whose saved value was chosen over the one typed.</summary>
    public Dictionary<string, bool> Theirs { get; set; } = [];

    /// <summary>How people read what is in a field.</summary>
    public virtual string? InWords(string field, string? value) => value;

    /// <summary>Fills the form from what is saved.</summary>
    public abstract void Show(TRow row);

    /// <summary>Writes what was typed into the row; what cannot be taken is refused through <paramref name="read"/>.</summary>
    public abstract void Write(TRow row, Reading read);
}

/// <param name="Id">Null for a new row.</param>
/// <param name="Conflict">What somebody else saved differently meanwhile.</param>
public record RowPage<TForm>(Patient Patient, Guid? Id, TForm Form, IReadOnlyList<Difference> Conflict);

/// <summary>
/// Adds and changes one row of a patient in the drawer: one form, one view, both versions for the later of two people.
/// A row is only found through its own patient.
/// </summary>
public abstract class PatientRowSlice<TRow, TForm>(PatientsDb db, IAccessLog log, IPractice practice) : PatientSlice(db, log, practice)
    where TRow : class, IVersioned, IOfPatient
    where TForm : RowForm<TRow>, new()
{
    /// <summary>What the access log and the sentences call it: "contact".</summary>
    protected abstract string What { get; }

    protected abstract TRow New(Guid patientId);

    /// <summary>What a new row begins with.</summary>
    protected virtual TForm Blank() => new();

    /// <summary>Said after the save.</summary>
    protected virtual string Saved(TRow row, Patient patient, bool added) => $"{char.ToUpperInvariant(What[0])}{What[1..]} of {patient.FullName} {(added ? "added" : "changed")}.";

    /// <summary>The sentence for a constraint of the database, and the field it stands at; null for one that is not known.</summary>
    protected virtual FieldError? Sentence(string constraint) => null;

    /// <summary>Checks and writes that need the database, before the save.</summary>
    protected virtual Task PrepareAsync(TRow row, TForm form, Reading read, CancellationToken ct) => Task.CompletedTask;

    protected virtual Task<RowPage<TForm>> ModelAsync(RowPage<TForm> page, CancellationToken ct) => Task.FromResult(page);

    protected virtual string Back(Guid patientId) => $"/patients/charts/{patientId}";

    protected async Task<IActionResult> ShowAsync(Guid patientId, Guid? id, CancellationToken ct)
    {
        if (await OpenAsync(patientId, ct) is not { } patient)
        {
            return Gone();
        }

        var form = Blank();
        if (id is not null)
        {
            if (await FindAsync(patientId, id.Value, ct) is not { } row)
            {
                return NotFound();
            }

            form = Of(row);
        }

        return Page(await ModelAsync(new(patient, id, form, []), ct));
    }

    protected async Task<IActionResult> SaveAsync(Guid patientId, Guid? id, TForm form, CancellationToken ct)
    {
        if (await OpenAsync(patientId, ct) is not { } patient)
        {
            return Gone();
        }

        var row = id is null ? New(patientId) : await FindAsync(patientId, id.Value, ct);
        if (row is null)
        {
            return NotFound();
        }

        if (id is not null && form.Version != row.Version)
        {
            return await ConflictAsync(patient, row, form, ct);
        }

        Difference.Take(Of(row), form, form.Theirs, ModelState);
        try
        {
            return await WriteAsync(patient, row, form, id, ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            Db.ChangeTracker.Clear();
            return await FindAsync(patientId, id!.Value, ct) is { } theirs ? await ConflictAsync(patient, theirs, form, ct) : NotFound();
        }
    }

    private async Task<IActionResult> WriteAsync(Patient patient, TRow row, TForm form, Guid? id, CancellationToken ct)
    {
        var read = new Reading(Today);
        await using var write = await Db.BeginWriteAsync(ct);
        form.Write(row, read);
        await PrepareAsync(row, form, read, ct);
        if (read.Errors.Count == 0)
        {
            if (id is null)
            {
                Db.Add(row);
            }

            try
            {
                await Db.SaveChangesAsync(ct);
                await AfterAsync(row, patient, ct);
                await write.CommitAsync(ct);
                return Done(Back(patient.Id), Saved(row, patient, id is null));
            }
            catch (DbUpdateException e) when (e.InnerException is Npgsql.PostgresException { ConstraintName: { } name } && Sentence(name) is { } sentence)
            {
                read.Errors.Add(sentence);
            }
        }

        await write.DisposeAsync();
        Accept(read.Errors);
        return Invalid(await ModelAsync(new(patient, id, form, []), ct));
    }

    /// <summary>What goes with the save in the same transaction: a message, another row.</summary>
    protected virtual Task AfterAsync(TRow row, Patient patient, CancellationToken ct) => Task.CompletedTask;

    private async Task<IActionResult> ConflictAsync(Patient patient, TRow row, TForm typed, CancellationToken ct)
    {
        var differences = Difference.Between(Of(row), typed, typed.InWords);
        typed.Version = row.Version;
        ModelState.Remove("Form.Version");
        Refuse("", $"{await WhoChangedAsync(row.Id, ct)} changed this {What} after you opened the form. Both versions are below; nothing you typed is lost.");
        Response.StatusCode = StatusCodes.Status409Conflict;
        return Page(await ModelAsync(new(patient, row.Id, typed, differences), ct));
    }

    private static TForm Of(TRow row)
    {
        var form = new TForm { Version = row.Version };
        form.Show(row);
        return form;
    }

    protected Task<TRow?> FindAsync(Guid patientId, Guid id, CancellationToken ct) =>
        Db.Set<TRow>().FirstOrDefaultAsync(r => EF.Property<Guid>(r, "Id") == id && EF.Property<Guid>(r, "PatientId") == patientId, ct);
}
