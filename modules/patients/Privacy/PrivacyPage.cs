using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.AgreementForms;
using Modular.Patients.Agreements;
using Modular.Patients.Charts;
using Modular.Patients.Disclosures;
using Modular.Patients.RecordRequests;
using Modular.Sdk;

namespace Modular.Patients.Privacy;

/// <summary>What the patient signed and has still to sign, who asked for the record, and what left the practice.</summary>
public sealed class PrivacyPage(PatientsDb db, IAccessLog log, IPractice practice) : PatientSlice(db, log, practice)
{
    public sealed record Model(Patient Patient, DateOnly Today, IReadOnlyList<Agreement> Agreements, IReadOnlyList<AgreementForm> ToSign)
    {
        public required IReadOnlyList<Disclosure> Disclosures { get; init; }
        public required IReadOnlyList<RecordRequest> Requests { get; init; }
    }

    [HttpGet("/patients/privacy/{patientId:guid}")]
    [Needs(PatientsPermissions.Read)]
    public async Task<IActionResult> Get([Patient("agreements and privacy")] Guid patientId, CancellationToken ct)
    {
        if (await OpenAsync(patientId, ct) is not { } patient)
        {
            return Gone();
        }

        var agreements = await Db.Agreements.Include(a => a.Form).Where(a => a.PatientId == patientId).OrderByDescending(a => a.SignedOn).ToListAsync(ct);
        return Page(new Model(patient, Today, agreements, await Outstanding.OfAsync(Db, patientId, Today, ct))
        {
            Disclosures = await Db.Disclosures.Where(d => d.PatientId == patientId).OrderByDescending(d => d.DisclosedOn).ToListAsync(ct),
            Requests = await Db.RecordRequests.Where(r => r.PatientId == patientId).OrderByDescending(r => r.ReceivedOn).ToListAsync(ct),
        });
    }
}
