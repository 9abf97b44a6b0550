using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Patients.Merges;

/// <summary>Merges so far, each with its undo.</summary>
public sealed class MergeList(PatientsDb db, IPatientRecords records, IPatientAccess patients, IAccessLog log) : Slice
{
    public sealed record Line(PatientMerge Merge, string Kept, string Gone);

    [HttpGet("/patients/merges")]
    [Needs(PatientsPermissions.Merge)]
    public async Task<IActionResult> Get(CancellationToken ct)
    {
        var merges = await records.MergesAsync(ct: ct);
        var ids = merges.SelectMany(m => new[] { m.KeptId, m.GoneId }).Distinct().ToArray();
        var names = (await db.Database.SqlQuery<Named>($"select id as \"Id\", last_name || ', ' || first_name || ', ' || record_number as \"Name\" from patients.patients where id = any({ids})").ToListAsync(ct))
            .ToDictionary(n => n.Id, n => patients.IsShut(n.Id) ? "restricted" : n.Name);
        if (ids.Length > 0)
        {
            log.Listed([.. ids.Where(id => !patients.IsShut(id))], "merges");
        }

        return Page(merges.Select(m => new Line(m, names.GetValueOrDefault(m.KeptId, "erased"), names.GetValueOrDefault(m.GoneId, "erased"))).ToList());
    }

    private sealed record Named(Guid Id, string Name);
}
