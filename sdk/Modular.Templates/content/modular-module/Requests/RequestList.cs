using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Newmodule.Requests;

/// <summary>What is open, and what was done.</summary>
public sealed class RequestList(NewmoduleDb db, IAccessLog log) : Slice
{
    public sealed class Row
    {
        public required Request Request { get; init; }
        public required string Patient { get; init; }
    }

    public sealed record Model(ListPage<Row> Found, bool Done);

    private static readonly SortColumns<Row> Sorts = new() { ["patient"] = r => r.Patient, ["asked"] = r => r.Request.AskedOn };

    [HttpGet("/newmodule")]
    [Needs(NewmoduleModule.Read)]
    public async Task<IActionResult> Get(ListQuery query, bool done, CancellationToken ct)
    {
        var rows = db.Requests.AsNoTracking().Where(r => (r.DoneOn != null) == done)
            .Join(db.Patients, r => r.PatientId, p => p.Id, (r, p) => new Row { Request = r, Patient = p.Name })
            .Where(r => query.Text == null || EF.Functions.ILike(r.Patient, query.Text + "%"));
        var page = await rows.PageAsync(query, Sorts, "asked", ct);
        log.Listed([.. page.Rows.Select(r => r.Request.PatientId).Distinct()], "requests");
        return Page(new Model(page, done));
    }
}
