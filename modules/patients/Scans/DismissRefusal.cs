using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Patients.Scans;

/// <summary>Somebody read why a file was refused, and sees to it.</summary>
[Feature(PatientsSettings.Documents)]
public sealed class DismissRefusal(PatientsDb db) : Slice
{
    [HttpPost("/patients/scans/dismiss/{id:guid}")]
    [Needs(PatientsPermissions.FileScan)]
    public async Task<IActionResult> Post(Guid id, CancellationToken ct)
    {
        if (await db.ScanRefusals.FirstOrDefaultAsync(r => r.Id == id, ct) is not { } refusal)
        {
            return NotFound();
        }

        (refusal.SeenAt, refusal.SeenBy) = (refusal.SeenAt ?? Clock.GetUtcNow(), refusal.SeenBy ?? Actor.Name);
        await db.SaveChangesAsync(ct);
        return Done("/patients/scans", $"{refusal.Name} is off the list; the file stays in the folder “refused”.");
    }
}
