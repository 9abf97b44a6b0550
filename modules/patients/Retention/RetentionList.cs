using Microsoft.AspNetCore.Mvc;
using Modular.Patients.Charts;
using Modular.Sdk;

namespace Modular.Patients.Retention;

/// <summary>Which records need not be kept any longer, to be reviewed one by one.</summary>
public sealed class RetentionList(PatientsDb db, IPractice practice, ISettings<PatientsSettings> settings) : Slice
{
    public sealed record Model(ListPage<PastRecord> Past, int Held, PatientsSettings Rules);

    // A file cannot ask for a reason before it shows a restricted patient.
    internal static readonly ListDefinition<PastRecord> List = new("patients.past-retention", "Records past retention")
    {
        Patients = r => [r.Patient.Id],
        Columns =
        [
            new("patient", "Patient", r => Name(r.Patient))
            {
                Main = true, Sort = r => r.Patient.LastName, Href = r => $"/patients/charts/{r.Patient.Id}",
                File = r => r.Patient.Restricted ? "Restricted" : Name(r.Patient), Marks = Marks,
            },
            new("born", "Born", r => r.Patient.BirthDate)
            {
                Sort = r => r.Patient.BirthDate, Class = "num", File = r => r.Patient.Restricted ? null : r.Patient.BirthDate,
            },
            new("number", "Number", r => r.Patient.RecordNumber) { Sort = r => r.Patient.RecordNumber, Class = "num" },
            new("last-seen", "Last seen", r => r.LastSeen) { Sort = r => r.LastSeen, Class = "num" },
            new("kept-until", "Kept until", r => r.KeptUntil) { Sort = r => r.KeptUntil, Class = "num" },
            new("deceased", "Deceased", r => r.Patient.DeceasedOn) { FileOnly = true },
        ],
    };

    [HttpGet("/patients/retention")]
    [Needs(PatientsPermissions.Erase)]
    [StepUp]
    [Export]
    public async Task<IActionResult> Get(ListQuery query, CancellationToken ct)
    {
        var rules = await settings.GetAsync(ct: ct);
        var (past, held) = await PastRetention.ReadAsync(db, rules, WallTime.Today(Clock, practice.Zone), ct);
        return await ListAsync(List, past.AsQueryable(), query, page => Task.FromResult<object>(new Model(page, held, rules)), ct);
    }

    private static string Name(Patient p) => PatientNames.LastFirst(p.LastName, p.FirstName, p.Suffix);

    private static IEnumerable<Mark> Marks(PastRecord r)
    {
        if (r.Patient.Restricted)
        {
            yield return new("Restricted", "warn");
        }

        if (r.Patient.DeceasedOn is not null)
        {
            yield return new("Deceased");
        }
    }
}
