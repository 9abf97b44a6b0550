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

    /// <summary>Opens the patient and goes on; without one, says where they are now.</summary>
    protected async Task<IActionResult> WithAsync(Guid id, Func<Patient, Task<IActionResult>> then, CancellationToken ct) =>
        await OpenAsync(id, ct) is { } patient ? await then(patient) : Gone();
}

/// <summary>Where the patient of a record that is in no list any more is now.</summary>
public static class MergedRecord
{
    public static Task<Guid?> FindAsync(PatientsDb db, Guid id, CancellationToken ct) =>
        db.Database.SqlQuery<Guid?>($"select merged_into as \"Value\" from patients.patients where id = {id}").FirstOrDefaultAsync(ct);
}
