using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.AgreementForms;
using Modular.Patients.Agreements;
using Modular.Patients.Charts;
using Modular.Sdk;

namespace Modular.Patients.Privacy;

/// <summary>What the patient signed and has still to sign.</summary>
public sealed class PrivacyPage(PatientsDb db, IAccessLog log, IPractice practice) : PatientSlice(db, log, practice)
{
    public sealed record Model(Patient Patient, DateOnly Today, IReadOnlyList<Agreement> Agreements, IReadOnlyList<AgreementForm> ToSign);

    [HttpGet("/patients/privacy/{patientId:guid}")]
    [Needs(PatientsModule.Read)]
    public async Task<IActionResult> Get(Guid patientId, CancellationToken ct)
    {
        if (await OpenAsync(patientId, "agreements and privacy", ct) is not { } patient)
        {
            return Shut(patientId);
        }

        var agreements = await Db.Agreements.Include(a => a.Form).Where(a => a.PatientId == patientId).OrderByDescending(a => a.SignedOn).ToListAsync(ct);
        return Page(new Model(patient, Today, agreements, await Outstanding.OfAsync(Db, patientId, Today, ct)));
    }
}
