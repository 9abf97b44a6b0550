using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;
using Modular.Sdk;

namespace Modular.Patients;

/// <summary>A slice about one patient: the only way to load one for a page, so that none is shown without the access log and the break-glass.</summary>
public abstract class PatientSlice(PatientsDb db, IAccessLog log, IPractice practice) : Slice
{
    private bool restricted;
    private Guid? mergedInto;

    protected PatientsDb Db => db;

    protected IAccessLog AccessLog => log;

    protected string Zone => practice.Zone;

    /// <summary>Patients are practice-wide, so are their dates.</summary>
    protected DateOnly Today => WallTime.Today(Clock, practice.Zone);

    /// <summary>The patient, noted as seen; null when there is none or the chart is restricted and not opened: then answer <see cref="Shut"/>.</summary>
    /// <param name="what">What the page shows, in the office's words: "chart".</param>
    protected async Task<Patient?> OpenAsync(Guid id, string what, CancellationToken ct)
    {
        var patient = await db.Patients.FirstOrDefaultAsync(p => p.Id == id, ct);
        if (patient is null)
        {
            mergedInto = await db.Database.SqlQuery<Guid?>($"select merged_into as \"Value\" from patients.patients where id = {id}").FirstOrDefaultAsync(ct);
            return null;
        }

        string? reason = null;
        if (patient.Restricted)
        {
            reason = await ReasonAsync(id, ct);
            if (reason is null)
            {
                restricted = true;
                return null;
            }
        }

        log.Viewed(id, what, reason);
        return patient;
    }

    /// <summary>Of the patient that could not be opened: the record it was merged into.</summary>
    protected Guid? WentInto => mergedInto;

    /// <summary>Why the page cannot be shown: no such patient, or the question for a reason.</summary>
    protected IActionResult Shut(Guid id)
    {
        if (mergedInto is { } kept && HttpMethods.IsGet(Request.Method))
        {
            // A link that was kept, or a tab that was open: the patient is in the other record now.
            return LocalRedirect($"/patients/charts/{kept}");
        }

        if (!restricted)
        {
            return NotFound();
        }

        var back = HttpMethods.IsGet(Request.Method) ? $"{Request.Path}{Request.QueryString}" : $"/patients/charts/{id}";
        var unlock = $"/patients/charts/{id}/unlock?returnUrl={Uri.EscapeDataString(back)}";
        if (Request.IsHtmx())
        {
            Response.Htmx(h => h.Redirect(unlock));
            return new EmptyResult();
        }

        return LocalRedirect(unlock);
    }

    private async Task<string?> ReasonAsync(Guid id, CancellationToken ct)
    {
        var now = Clock.GetUtcNow();
        return Actor.Can(PatientsModule.OpenRestricted)
            ? await db.ChartOpenings.Where(o => o.PatientId == id && o.PersonId == Actor.PersonId && o.Until > now)
                .OrderByDescending(o => o.OpenedAt).Select(o => o.Reason).FirstOrDefaultAsync(ct)
            : null;
    }

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
