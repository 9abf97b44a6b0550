using Htmx;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;
using Modular.Sdk;

namespace Modular.Patients.Search;

/// <summary>Find a patient as you type; without typing, the list of all.</summary>
public sealed class Find(PatientsDb db, IAccessLog log, IPractice practice, IMarks marks) : Slice
{
    public static SortColumns<Patient> Columns { get; } = new()
    {
        ["name"] = p => EF.Functions.Collate(p.SortName, "C"),
        ["born"] = p => p.BirthDate,
        ["number"] = p => p.RecordNumber,
        ["registered"] = p => p.RegisteredAt,
    };

    /// <param name="Similar">True when nobody matched as typed and these are spelled alike.</param>
    public sealed record Model(ListPage<Patient> List, string Show, bool Similar, DateOnly Today, IReadOnlyDictionary<Guid, IReadOnlyList<Mark>> Marks);

    [HttpGet("/patients")]
    [Needs(PatientsPermissions.Read)]
    public async Task<IActionResult> Get(ListQuery query, string? show, bool open, CancellationToken ct)
    {
        var list = new PatientList(db, practice, Clock, Actor.Can(PatientsPermissions.OpenRestricted));
        var (found, similar) = await list.PageAsync(query, show, ct);
        var page = found with { SortedBy = Columns.Allowed(query.Sort, PatientList.Order), SortNames = [.. Columns.Keys] };
        // Enter after the one that was meant: 3 letters, a birth date, and the chart is there.
        if (open && page.Total == 1 && !similar)
        {
            var chart = $"/patients/charts/{page.Rows[0].Id}";
            if (!Request.WantsFragment())
            {
                return LocalRedirect(chart);
            }

            Response.Htmx(h => h.Redirect(chart));
            return new EmptyResult();
        }

        Guid[] ids = [.. page.Rows.Select(p => p.Id)];
        if (ids.Length > 0)
        {
            log.Listed(ids, "patient list");
        }

        var model = new Model(page, show ?? "", similar, list.Today, ids.Length > 0 ? await marks.OfAsync(PatientMarks.Slot, ids, ct) : PatientMarks.None);
        if (Request.Headers["HX-Target"] != "patients")
        {
            return Page(model);
        }

        // What was typed is in the address, so that back from a chart leads to the same list.
        Response.Htmx(h => h.ReplaceUrl(Request.Path + Request.QueryString));
        return Fragment("_PatientRows", model);
    }
}
