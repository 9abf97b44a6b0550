using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Search;
using Modular.Sdk;

namespace Modular.Patients.Charts;

/// <summary>The list as it is filtered on the page, as a spreadsheet. Restricted patients are left out: a file cannot ask for a reason.</summary>
public sealed class ExportPatients(PatientsDb db, IAccessLog log, IPractice practice) : Slice
{
    [HttpGet("/patients/charts/export")]
    [Needs(PatientsPermissions.Export)]
    [StepUp]
    public async Task<IActionResult> Get(ListQuery query, string? show, CancellationToken ct)
    {
        var (rows, _) = await new PatientList(db, practice, Clock).RowsAsync(query, show, ct);
        var patients = await rows.AsNoTracking().Where(p => !p.Restricted).ToListAsync(ct);
        if (patients.Count > 0)
        {
            log.Listed([.. patients.Select(p => p.Id)], "patient list as CSV");
        }

        var today = WallTime.Today(Clock, practice.Zone);
        return Csv.File("patients", patients,
            ("Record number", p => p.RecordNumber),
            ("Last name", p => p.LastName),
            ("First name", p => p.FirstName),
            ("Preferred name", p => p.PreferredName),
            ("Birth date", p => p.BirthDate),
            ("Sex", p => p.Sex),
            ("Address", p => p.ReachOn(today).Address),
            ("City", p => p.ReachOn(today).City),
            ("State", p => p.ReachOn(today).State),
            ("ZIP", p => Format.Zip(p.ReachOn(today).Zip)),
            ("Phone", p => TypedPhone.Show(p.ReachOn(today).Phone)),
            ("E-mail", p => p.ReachOn(today).Email),
            ("Registered", p => DateOnly.FromDateTime(WallTime.At(p.RegisteredAt, practice.Zone).DateTime)));
    }
}
