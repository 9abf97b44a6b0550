using Microsoft.AspNetCore.Mvc;
using Modular.Scheduling.Appointments;
using Modular.Sdk;

namespace Modular.Scheduling.Recalls;

/// <summary>The letter to one patient who was not here for long, on paper or as PDF.</summary>
public sealed class LetterToRecall(RecallLetters about, ILetters letters) : Slice
{
    [HttpGet("/scheduling/recalls/letter/{id:guid}")]
    [Needs(SchedulingPermissions.Read)]
    public async Task<IActionResult> Get([PatientOf<Visit>("recall letter")] Guid id, CancellationToken ct) =>
        await about.FindAsync([id], ct) is [var record] ? Page(await letters.WriteAsync(RecallLetters.Kind, record, ct)) : NotFound();
}
