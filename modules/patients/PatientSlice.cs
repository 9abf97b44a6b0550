using Htmx;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Modular.Patients.Charts;
using Modular.Sdk;

namespace Modular.Patients;

/// <summary>A slice about one patient: the only way to load one for a page, so that none is shown without the access log and the break-glass.</summary>
public abstract class PatientSlice(PatientsDb db, IAccessLog log, IPractice practice) : Slice
{
    private Opened? opened;

    protected PatientsDb Db => db;

    protected IAccessLog AccessLog => log;

    protected IPractice Practice => practice;

    protected string Zone => practice.Zone;

    /// <summary>Patients are practice-wide, so are their dates.</summary>
    protected DateOnly Today => WallTime.Today(Clock, practice.Zone);

    /// <summary>The patient, noted as seen; null when there is none or the chart is restricted and not opened: then answer <see cref="Shut"/>.</summary>
    /// <param name="what">What the page shows, in the office's words: "chart".</param>
    protected async Task<Patient?> OpenAsync(Guid id, string what, CancellationToken ct)
    {
        opened = await new PatientDoor(db, log, Actor, Clock).OpenAsync(id, what, ct);
        return opened.Patient;
    }

    /// <summary>Of the patient that could not be opened: the record it was merged into.</summary>
    protected Guid? WentInto => opened?.MergedInto;

    /// <summary>Why the page cannot be shown: no such patient, or the question for a reason.</summary>
    protected IActionResult Shut(Guid id)
    {
        if (WentInto is { } kept && HttpMethods.IsGet(Request.Method))
        {
            // A link that was kept, or a tab that was open: the patient is in the other record now.
            return LocalRedirect($"/patients/charts/{kept}");
        }

        if (opened?.Restricted != true)
        {
            return NotFound();
        }

        var back = HttpMethods.IsGet(Request.Method) ? $"{Request.Path}{Request.QueryString}" : $"/patients/charts/{id}";
        var unlock = $"/patients/charts/{id}/unlock?returnUrl={Uri.EscapeDataString(back)}";
        if (Request.WantsFragment())
        {
            Response.Htmx(h => h.Redirect(unlock));
            return new EmptyResult();
        }

        return LocalRedirect(unlock);
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
