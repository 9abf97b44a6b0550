using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Addresses;
using Modular.Patients.AgreementForms;
using Modular.Patients.Agreements;
using Modular.Patients.Alerts;
using Modular.Patients.CareTeams;
using Modular.Patients.Cases;
using Modular.Patients.Contacts;
using Modular.Patients.Coverages;
using Modular.Patients.Documents;
using Modular.Sdk;

namespace Modular.Patients.Charts;

/// <summary>Everything the front desk knows of one patient on one page; other modules add their panels.</summary>
public sealed class Chart(PatientsDb db, IAccessLog log, IPractice practice) : PatientSlice(db, log, practice)
{
    public sealed record Model(Patient Patient, DateOnly Today, IReadOnlyList<ExternalId> Ids, IReadOnlyList<Coverage> Coverages, IReadOnlyList<Document> Documents)
    {
        public required IReadOnlyList<Contact> People { get; init; }
        public required IReadOnlyList<OtherAddress> Addresses { get; init; }
        public required IReadOnlyList<Alert> Alerts { get; init; }
        public required IReadOnlyList<Case> Cases { get; init; }
        public required CareTeam CareTeam { get; init; }
        public required IReadOnlyList<AgreementForm> ToSign { get; init; }

        public IEnumerable<Coverage> Current => Coverages.Where(c => c.EffectiveTo is null || c.EffectiveTo >= Today).OrderBy(c => c.BenefitLine != Coverage.Medical).ThenBy(c => c.BenefitLine).ThenBy(c => c.Rank).ThenBy(c => c.EffectiveFrom);
        public IReadOnlyList<Coverage> Ended => [.. Coverages.Where(c => c.EffectiveTo < Today).OrderByDescending(c => c.EffectiveFrom)];
    }

    [HttpGet("/patients/charts/{id:guid}")]
    [Needs(PatientsPermissions.Read)]
    public async Task<IActionResult> Get([Patient("chart")] Guid id, CancellationToken ct)
    {
        if (await OpenAsync(id, ct) is not { } patient)
        {
            return Gone();
        }

        var ids = await Db.ExternalIds.Where(e => e.PatientId == id).OrderBy(e => e.Kind).ToListAsync(ct);
        var coverages = await Db.Coverages.Include(c => c.Payer).Where(c => c.PatientId == id).ToListAsync(ct);
        var documents = await Db.Documents.Where(d => d.PatientId == id).OrderByDescending(d => d.Dated).ThenByDescending(d => d.AddedAt).ToListAsync(ct);
        return Page(new Model(patient, Today, ids, coverages, documents)
        {
            People = await Db.Contacts.Where(c => c.PatientId == id).OrderBy(c => c.Emergency ?? 10).ThenBy(c => c.LastName).ThenBy(c => c.FirstName).ToListAsync(ct),
            Addresses = await Db.Addresses.Where(a => a.PatientId == id).OrderBy(a => a.FromDate).ToListAsync(ct),
            Alerts = await Db.Alerts.Where(a => a.PatientId == id).OrderByDescending(a => a.FromDate).ToListAsync(ct),
            Cases = await Db.Cases.Where(c => c.PatientId == id).OrderByDescending(c => c.OpenedOn).ToListAsync(ct),
            CareTeam = await CareTeam.OfAsync(Db, patient, ct),
            ToSign = await Outstanding.OfAsync(Db, id, Today, ct),
        });
    }
}
