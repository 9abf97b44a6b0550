using Microsoft.AspNetCore.Mvc;
using Modular.Scheduling.Appointments;
using Modular.Sdk;

namespace Modular.Scheduling.NoShows;

/// <summary>The letter to one patient who did not come, on paper or as PDF.</summary>
public sealed class LetterToNoShow(NoShowLetters about, ILetters letters) : Slice
{
    [HttpGet("/scheduling/no-shows/letter/{id:guid}")]
    [Needs(SchedulingPermissions.Read)]
    public async Task<IActionResult> Get([PatientOf<Visit>("letter after a no-show")] Guid id, CancellationToken ct) =>
        await about.FindAsync([id], ct) is [var record] ? Page(await letters.WriteAsync(NoShowLetters.Kind, record, ct)) : NotFound();
}
