using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;
using Modular.Sdk;

namespace Modular.Patients;

/// <summary>A slice about one patient, whom the host opened before: the parameter says so.</summary>
public abstract class PatientSlice(PatientsDb db, IAccessLog log, IPractice practice) : Slice
{
    private Guid? mergedInto;

    protected PatientsDb Db => db;

    protected IAccessLog AccessLog => log;

    protected IPractice Practice => practice;

    protected string Zone => practice.Zone;

    /// <summary>Patients are practice-wide, so are their dates.</summary>
    protected DateOnly Today => WallTime.Today(Clock, practice.Zone);

    /// <summary>The patient; null when there is none: then answer <see cref="Gone"/>.</summary>
    protected async Task<Patient?> OpenAsync(Guid id, CancellationToken ct)
    {
        var patient = await db.Patients.FirstOrDefaultAsync(p => p.Id == id, ct);
        mergedInto = patient is null ? await MergedRecord.FindAsync(db, id, ct) : null;
        return patient;
    }

    /// <summary>Of the patient that could not be found: the record it was merged into.</summary>
    protected Guid? WentInto => mergedInto;

    /// <summary>A link that was kept, or a tab that was open: the patient may be in another record now.</summary>
    protected IActionResult Gone() =>
        mergedInto is { } kept && HttpMethods.IsGet(Request.Method) ? LocalRedirect($"/patients/charts/{kept}") : NotFound();

    /// <summary>Puts what could not be read beside its field.</summary>
    protected bool Accept(IReadOnlyList<Registrations.FieldError> errors, string prefix = "Form.")
    {
        foreach (var error in errors)
        {
            Refuse(error.Field.Length == 0 ? "" : prefix + error.Field, error.Sentence);
        }

        return errors.Count == 0;
    }
}

/// <summary>Where the patient of a record that is in no list any more is now.</summary>
public static class MergedRecord
{
    public static Task<Guid?> FindAsync(PatientsDb db, Guid id, CancellationToken ct) =>
        db.Database.SqlQuery<Guid?>($"select merged_into as \"Value\" from patients.patients where id = {id}").FirstOrDefaultAsync(ct);
}
