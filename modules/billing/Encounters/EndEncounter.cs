using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Billing.Encounters;

/// <summary>Nothing is charged for it, or it was entered by mistake; always with the reason. What was posted is reversed.</summary>
public sealed class EndEncounter(BillingDb db, EncounterDesk desk) : Slice
{
    public static IReadOnlyDictionary<string, string> Ways { get; } = new Dictionary<string, string>
    {
        [EncounterState.NoCharge.Text()] = "No charge: the service is given for nothing",
        [EncounterState.Void.Text()] = "Void: it did not take place, or stands here twice",
    };

    [HttpGet("/billing/encounters/{id:guid}/end")]
    [Needs(BillingPermissions.Lock)]
    public async Task<IActionResult> Get([PatientOf<Encounter>("charges")] Guid id, CancellationToken ct) =>
        await desk.OpenAsync(id, ct) is { } e
            ? Page(new ReasonForm { Encounter = e, Version = e.Version, How = (e.IsEditable ? EncounterState.NoCharge : EncounterState.Void).Text() }) : NotFound();

    [HttpPost("/billing/encounters/{id:guid}/end")]
    [Needs(BillingPermissions.Lock)]
    public async Task<IActionResult> Post([PatientOf<Encounter>("charges")] Guid id, ReasonForm form, CancellationToken ct)
    {
        if (await desk.OpenAsync(id, ct) is not { } e)
        {
            return NotFound();
        }

        var read = NewReading();
        var reason = read.Required(nameof(form.Reason), "Reason", form.Reason, 200);
        var how = read.OneOf(nameof(form.How), "End", form.How, Ways);
        if (how is null)
        {
            read.Refuse(nameof(form.How), "Choose one of these.");
        }

        if (Accept(read.Errors))
        {
            var result = States.Find<EncounterState>(how) == EncounterState.Void
                ? await desk.TakeAsync(e, form.Version, EncounterSteps.Cancel, (x, now, by) => x.Cancel(reason, now, by), ct)
                : await desk.TakeAsync(e, form.Version, EncounterSteps.Waive, (x, now, by) => x.Waive(reason, now, by), ct);
            if (result.Taken)
            {
                return await DoneNextAsync(EncounterWork.Queue, db, id, e.Url, $"{e.PatientName}: {e.State.Title().ToLowerInvariant()}.", ct);
            }

            Refuse("", result.Refusal!);
            e = (await desk.OpenAsync(id, ct))!;
        }

        form.Encounter = e;
        return Invalid(form);
    }
}
