using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Billing.Encounters;
using Modular.Patients.Messages;
using Modular.Sdk;

namespace Modular.Billing.Superbill;

/// <summary>The charges of one encounter on paper, for the patient or the file.</summary>
public sealed class PrintSuperbill(BillingDb db, EncounterDesk desk, IPractice practice) : Slice
{
    public sealed record Model(Encounter Encounter, KnownPatient? Patient, string Practice, string Place);

    [HttpGet("/billing/superbill/print/{id:guid}")]
    [Needs(BillingPermissions.Read)]
    public async Task<IActionResult> Get([PatientOf<Encounter>("superbill on paper")] Guid id, CancellationToken ct)
    {
        if (await desk.OpenAsync(id, ct) is not { } e)
        {
            return NotFound();
        }

        var patient = await db.Patients.AsNoTracking().FirstOrDefaultAsync(p => p.Id == e.PatientId, ct);
        return Page(new Model(e, patient, practice.Name, practice.Locations.FirstOrDefault(l => l.Id == e.LocationId)?.Name ?? ""));
    }
}
