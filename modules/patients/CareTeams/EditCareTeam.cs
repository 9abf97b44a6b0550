using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;
using Modular.Patients.OutsideProviders;
using Modular.Sdk;

namespace Modular.Patients.CareTeams;

/// <summary>Who sent the patient, and who is the primary care provider. A name that is not on the list is put on it.</summary>
public sealed class EditCareTeam(PatientsDb db, IAccessLog log, IPractice practice, IMessageBus bus) : PatientSlice(db, log, practice)
{
    public sealed class TeamForm : IEditForm<Patient>
    {
        public int Version { get; set; }
        public string? PrimaryCare { get; set; }
        public string? ReferredBy { get; set; }

        public void Show(Patient patient)
        {
            // The names are rows of their own.
        }

        public void Write(Patient patient, Reading read)
        {
            read.Text(nameof(PrimaryCare), "Name", PrimaryCare, 120);
            read.Text(nameof(ReferredBy), "Name", ReferredBy, 120);
        }
    }

    public sealed record Model(Patient Patient, TeamForm Form, IReadOnlyList<string> Names);

    [HttpGet("/patients/care-teams/{patientId:guid}")]
    [Needs(PatientsPermissions.Edit)]
    public Task<IActionResult> Get([Patient("care team")] Guid patientId, CancellationToken ct) =>
        WithAsync(patientId, _ => Team.ShowAsync(patientId, ct), ct);

    [HttpPost("/patients/care-teams/{patientId:guid}")]
    [Needs(PatientsPermissions.Edit)]
    public Task<IActionResult> Post([Patient("care team")] Guid patientId, TeamForm form, CancellationToken ct) =>
        WithAsync(patientId, _ => Team.SaveAsync(patientId, form, ct), ct);

    private Edit<Patient, TeamForm> Team => new(this, Db)
    {
        What = "patient",
        AlsoShow = async (patient, form, ct) =>
        {
            var team = await CareTeam.OfAsync(Db, patient, ct);
            (form.PrimaryCare, form.ReferredBy) = (team.PrimaryCare?.Name, team.ReferredBy?.Name);
        },
        Model = async (patient, form, ct) => new Model(patient!, form, await NamesAsync(ct)),
        Check = async (patient, form, _, ct) =>
        {
            patient.PrimaryCareId = await FindAsync(form.PrimaryCare, ct);
            patient.ReferredById = await FindAsync(form.ReferredBy, ct);
        },
        After = (patient, ct) => Db.TellAsync(bus, [patient], Today, ct),
        Saved = patient => Done($"/patients/charts/{patient.Id}", $"Care team of {patient.FullName} saved."),
    };

    private async Task<Guid?> FindAsync(string? typed, CancellationToken ct)
    {
        if (Reading.Clean(typed) is not { } name)
        {
            return null;
        }

        var known = Db.OutsideProviders.Local.FirstOrDefault(p => p.Name == name)
            ?? await Db.OutsideProviders.Where(p => PatientsDb.Plain(p.Name) == PatientsDb.Plain(name)).OrderByDescending(p => p.Active).FirstOrDefaultAsync(ct);
        if (known is null)
        {
            Db.Add(known = new() { Name = name });
        }

        return known.Id;
    }

    private Task<List<string>> NamesAsync(CancellationToken ct) =>
        Db.OutsideProviders.AsNoTracking().Where(p => p.Active).OrderBy(p => p.Name).Select(p => p.Name).Distinct().Take(2000).ToListAsync(ct);
}

public sealed record CareTeam(OutsideProvider? PrimaryCare, OutsideProvider? ReferredBy)
{
    public static async Task<CareTeam> OfAsync(PatientsDb db, Patient patient, CancellationToken ct)
    {
        Guid?[] ids = [patient.PrimaryCareId, patient.ReferredById];
        var found = ids.Any(id => id is not null) ? await db.OutsideProviders.AsNoTracking().Where(p => ids.Contains(p.Id)).ToListAsync(ct) : [];
        return new(found.Find(p => p.Id == patient.PrimaryCareId), found.Find(p => p.Id == patient.ReferredById));
    }
}
