using Microsoft.AspNetCore.Mvc;
using Modular.Patients.Registrations;
using Modular.Sdk;

namespace Modular.Patients.Holds;

/// <summary>Stops erasure while a lawsuit or audit runs, and lets it go again.</summary>
public sealed class SaveHold(PatientsDb db, IAccessLog log, IPractice practice, IMessageBus bus) : PatientSlice(db, log, practice)
{
    [HttpPost("/patients/holds/{patientId:guid}")]
    [Needs(PatientsPermissions.Erase)]
    public async Task<IActionResult> Post([Patient("retention")] Guid patientId, string? hold, CancellationToken ct)
    {
        if (await OpenAsync(patientId, ct) is not { } patient)
        {
            return Gone();
        }

        var why = Reading.Clean(hold);
        if (why is { Length: < 3 or > 300 })
        {
            return Done($"/patients/retention/{patientId}/erase", "Say why it is held in 3 to 300 letters.");
        }

        patient.LegalHold = why;
        await Db.SaveAndTellAsync(bus, [patient], Today, ct);
        return Done($"/patients/retention/{patientId}/erase", why is null ? "The hold is gone." : "Held: nothing of this patient can be erased.");
    }
}
