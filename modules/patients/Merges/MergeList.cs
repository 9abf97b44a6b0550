using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Patients.Merges;

/// <summary>Merges so far, each with its undo.</summary>
public sealed class MergeList(PatientsDb db, IPatientRecords records, IPatientAccess patients) : Slice
{
    /// <param name="Seen">Whose names the line shows.</param>
    public sealed record Line(PatientMerge Merge, string Kept, string Gone, Guid[] Seen);

    internal static readonly ListDefinition<Line> List = new("patients.merges", "Merges")
    {
        Patients = l => l.Seen,
        Columns =
        [
            new("when", "When", l => l.Merge.MergedAt) { Sort = l => l.Merge.MergedAt },
            new("stayed", "Stayed", l => l.Kept) { Sort = l => l.Kept, Main = true, Href = l => $"/patients/charts/{l.Merge.KeptId}" },
            new("gone", "Went into it", l => l.Gone) { Sort = l => l.Gone },
            new("why", "Why", l => l.Merge.Reason),
            new("by", "By", l => l.Merge.MergedBy) { Sort = l => l.Merge.MergedBy },
            new("undone", "Taken back", l => l.Merge.UndoneAt) { FileOnly = true },
            new("undone-by", "Taken back by", l => l.Merge.UndoneBy) { FileOnly = true },
        ],
    };

    [HttpGet("/patients/merges")]
    [Needs(PatientsPermissions.Merge)]
    [Export(PatientsPermissions.Export)]
    public async Task<IActionResult> Get(ListQuery query, CancellationToken ct)
    {
        var merges = await records.MergesAsync(ct: ct);
        var ids = merges.SelectMany(m => new[] { m.KeptId, m.GoneId }).Distinct().ToArray();
        var names = (await db.Database.SqlQuery<Named>($"""
            select id as "Id", last_name || ', ' || first_name || ', ' || record_number as "Name", restricted as "Restricted" from patients.patients where id = any({ids})
            """).ToListAsync(ct)).ToDictionary(n => n.Id, n => patients.IsShut(n.Id) || (AsFile && n.Restricted) ? null : n.Name);
        string Name(Guid id) => names.TryGetValue(id, out var name) ? name ?? "restricted" : "erased";
        return await ListAsync(List, merges.Select(m => new Line(m, Name(m.KeptId), Name(m.GoneId), [.. new[] { m.KeptId, m.GoneId }.Where(id =>
            names.GetValueOrDefault(id) is not null)])).AsQueryable(), query, ct);
    }

    private sealed record Named(Guid Id, string Name, bool Restricted);
}
