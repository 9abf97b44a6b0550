using Htmx;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;
using Modular.Sdk;

namespace Modular.Patients.Search;

/// <summary>Find a patient as you type; without typing, the list of all.</summary>
public sealed class Find(PatientsDb db, IPractice practice, IMarks marks) : Slice
{
    /// <param name="Similar">True when nobody matched as typed and these are spelled alike.</param>
    public sealed record Model(ListPage<Patient> List, bool Similar, IReadOnlyDictionary<Guid, IReadOnlyList<Mark>> Marks);

    [HttpGet("/patients")]
    [Needs(PatientsPermissions.Read)]
    [Export(PatientsPermissions.Export)]
    public async Task<IActionResult> Get(ListQuery query, bool open, CancellationToken ct)
    {
        var asked = Asked(PatientColumns.List, query);
        // Whoever may open a restricted chart by saying why has to find it first; a file cannot ask for a reason.
        var list = new PatientList(db, practice, Clock, !AsFile && Actor.Can(PatientsPermissions.OpenRestricted));
        var (found, similar) = AsFile || asked.Refusal is not null ? (null!, false) : await list.PageAsync(asked, ct);
        if (open && found is { Total: 1 } && !similar)
        {
            return Opened($"/patients/charts/{found.Rows[0].Id}");
        }

        var answer = await ListAsync(
            asked,
            () => Task.FromResult(found),
            async () => await (await list.RowsAsync(asked, ct)).Where(p => !p.Restricted).ToListAsync(ct),
            async page => new Model(page, similar, page.Shown > 0 ? await marks.OfAsync(PatientMarks.Slot, [.. page.Rows.Select(p => p.Id)], ct)
                : PatientMarks.None));
        if (Request.Headers["HX-Target"] != "patients" || answer is not ViewResult { Model: Model model })
        {
            return answer;
        }

        // What was typed is in the address, so that back from a chart leads to the same list.
        Response.Htmx(h => h.ReplaceUrl(Request.Path + Request.QueryString));
        return Fragment("_PatientRows", model);
    }

    /// <summary>Enter after the one that was meant: 3 letters, a birth date, and the chart is there.</summary>
    private IActionResult Opened(string chart)
    {
        if (!Request.WantsFragment())
        {
            return LocalRedirect(chart);
        }

        Response.Htmx(h => h.Redirect(chart));
        return new EmptyResult();
    }
}
