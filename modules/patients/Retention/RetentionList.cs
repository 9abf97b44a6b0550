using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Patients.Retention;

/// <summary>Which records need not be kept any longer, to be reviewed one by one.</summary>
public sealed class RetentionList(PatientsDb db, IAccessLog log, IPractice practice, ISettings<PatientsSettings> settings) : Slice
{
    /// <summary>Nobody reviews more in a sitting; the spreadsheet has all of them.</summary>
    private const int Shown = 200;

    public sealed record Model(IReadOnlyList<PastRecord> Past, int Total, int Held, PatientsSettings Rules);

    [HttpGet("/patients/retention")]
    [Needs(PatientsPermissions.Erase)]
    [StepUp]
    public async Task<IActionResult> Get(CancellationToken ct)
    {
        var rules = await settings.GetAsync(ct: ct);
        var (past, held) = await PastRetention.ReadAsync(db, rules, WallTime.Today(Clock, practice.Zone), ct);
        log.Listed([.. past.Take(Shown).Select(r => r.Patient.Id)], "records past retention");
        return Page(new Model([.. past.Take(Shown)], past.Count, held, rules));
    }
}
