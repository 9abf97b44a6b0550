using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;
using Modular.Patients.OutsideProviders;
using Modular.Patients.Registrations;
using Modular.Sdk;

namespace Modular.Patients.CareTeams;

/// <summary>Who sent the patient, and who is the primary care provider. A name that is not on the list is put on it.</summary>
public sealed class EditCareTeam(PatientsDb db, IAccessLog log, IPractice practice, IMessageBus bus) : PatientSlice(db, log, practice)
{
    public sealed class TeamForm
    {
        public int Version { get; set; }
        public string? PrimaryCare { get; set; }
        public string? ReferredBy { get; set; }
    }

    public sealed record Model(Patient Patient, TeamForm Form, IReadOnlyList<string> Names);

    [HttpGet("/patients/care-teams/{patientId:guid}")]
    [Needs(PatientsPermissions.Edit)]
    public async Task<IActionResult> Get([Patient("care team")] Guid patientId, CancellationToken ct)
    {
        if (await OpenAsync(patientId, ct) is not { } patient)
        {
            return Gone();
        }

        var team = await CareTeam.OfAsync(Db, patient, ct);
        return Page(await ModelAsync(patient, new() { Version = patient.Version, PrimaryCare = team.PrimaryCare?.Name, ReferredBy = team.ReferredBy?.Name }, ct));
    }

    [HttpPost("/patients/care-teams/{patientId:guid}")]
    [Needs(PatientsPermissions.Edit)]
    public async Task<IActionResult> Post([Patient("care team")] Guid patientId, TeamForm form, CancellationToken ct)
    {
        if (await OpenAsync(patientId, ct) is not { } patient)
        {
            return Gone();
        }

        if (form.Version != patient.Version)
        {
            var team = await CareTeam.OfAsync(Db, patient, ct);
            Refuse("", $"{await WhoChangedAsync(patient.Id, ct)} changed this patient: primary care is now {team.PrimaryCare?.Name ?? "nobody"}, sent by {team.ReferredBy?.Name ?? "nobody"}. Save again to keep what you typed.");
            ModelState.Remove("Form.Version");
            form.Version = patient.Version;
            return Invalid(await ModelAsync(patient, form, ct));
        }

        var read = new Reading(Today);
        patient.PrimaryCareId = await FindAsync(nameof(form.PrimaryCare), form.PrimaryCare, read, ct);
        patient.ReferredById = await FindAsync(nameof(form.ReferredBy), form.ReferredBy, read, ct);
        if (!Accept(read.Errors))
        {
            return Invalid(await ModelAsync(patient, form, ct));
        }

        await Db.SaveAndTellAsync(bus, [patient], Today, ct);
        return Done($"/patients/charts/{patientId}", $"Care team of {patient.FullName} saved.");
    }

    private async Task<Guid?> FindAsync(string field, string? typed, Reading read, CancellationToken ct)
    {
        if (read.Text(field, "Name", typed, 120) is not { } name)
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

    private async Task<Model> ModelAsync(Patient patient, TeamForm form, CancellationToken ct) =>
        new(patient, form, await Db.OutsideProviders.AsNoTracking().Where(p => p.Active).OrderBy(p => p.Name).Select(p => p.Name).Distinct().Take(2000).ToListAsync(ct));
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
