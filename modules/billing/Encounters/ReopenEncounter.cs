using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Billing.Encounters;

/// <summary>Opens closed charges for a correction. What was posted stays until they are closed again; then the difference is posted.</summary>
public sealed class ReopenEncounter(EncounterDesk desk) : Slice
{
    [HttpGet("/billing/encounters/{id:guid}/reopen")]
    [Needs(BillingPermissions.Lock)]
    public async Task<IActionResult> Get([PatientOf<Encounter>("charges")] Guid id, CancellationToken ct) =>
        await desk.OpenAsync(id, ct) is { } e ? Page(new ReasonForm { Encounter = e, Version = e.Version }) : NotFound();

    [HttpPost("/billing/encounters/{id:guid}/reopen")]
    [Needs(BillingPermissions.Lock)]
    public async Task<IActionResult> Post([PatientOf<Encounter>("charges")] Guid id, ReasonForm form, CancellationToken ct)
    {
        if (await desk.OpenAsync(id, ct) is not { } e)
        {
            return NotFound();
        }

        var read = NewReading();
        var reason = read.Required(nameof(form.Reason), "Reason", form.Reason, 200);
        if (Accept(read.Errors))
        {
            var result = await desk.TakeAsync(e, form.Version, EncounterSteps.Reopen, (x, now, by) => x.Reopen(reason, now, by), ct);
            if (result.Taken)
            {
                return Done(e.Url, $"The charges of {e.PatientName} are open again.");
            }

            Refuse("", result.Refusal!);
            e = (await desk.OpenAsync(id, ct))!;
        }

        form.Encounter = e;
        return Invalid(form);
    }
}
