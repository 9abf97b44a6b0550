using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Panels.Copays;

/// <summary>A record of a plugin with its files; it can be deleted, and turn out to be another patient's.</summary>
public sealed class ShowCopay(PanelsDb db) : Slice
{
    [HttpGet("/panels/copays/{id:guid}")]
    [Needs("panels.page.read")]
    public async Task<IActionResult> Get([PatientOf<Copay>("copay")] Guid id, CancellationToken ct) =>
        await db.Copays.FirstOrDefaultAsync(c => c.Id == id, ct) is { } copay ? Page(copay) : NotFound();

    [HttpPost("/panels/copays/{id:guid}")]
    [Needs("panels.page.read")]
    public async Task<IActionResult> Post([PatientOf<Copay>("copay")] Guid id, [Patient("copay")] Guid? patient, CancellationToken ct)
    {
        if (await db.Copays.FirstOrDefaultAsync(c => c.Id == id, ct) is not { } copay)
        {
            return NotFound();
        }

        copay.PatientId = patient;
        await db.SaveChangesAsync(ct);
        return Done($"/panels/copays/{id}", "Saved");
    }

    [HttpPost("/panels/copays/{id:guid}/delete")]
    [Needs("panels.page.read")]
    public async Task<IActionResult> Delete([PatientOf<Copay>("copay")] Guid id, CancellationToken ct)
    {
        db.Copays.Remove(await db.Copays.FirstAsync(c => c.Id == id, ct));
        await db.SaveChangesAsync(ct);
        return Done("/panels", "Deleted");
    }
}
