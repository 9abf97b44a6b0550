using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;
using Modular.Billing.Encounters;
using Modular.Sdk;

namespace Modular.Billing.Scrub;

/// <summary>Lets one finding pass, with the reason. When what was charged changes, the finding is back.</summary>
public sealed class PassFinding(BillingDb db, EncounterDesk desk, Scrubber scrubber) : Slice
{
    public sealed class Form
    {
        public string Rule { get; set; } = "";
        public Guid? Line { get; set; }
        public string? Reason { get; set; }

        [BindNever, ValidateNever]
        public Encounter Encounter { get; set; } = null!;

        [BindNever, ValidateNever]
        public Finding Finding { get; set; } = null!;
    }

    [HttpGet("/billing/scrub/pass/{id:guid}")]
    [Needs(BillingPermissions.Override)]
    public async Task<IActionResult> Get([PatientOf<Encounter>("charges")] Guid id, Form form, CancellationToken ct)
    {
        ModelState.Clear();
        return await FillAsync(id, form, ct) ? Page(form) : NotFound();
    }

    [HttpPost("/billing/scrub/pass/{id:guid}")]
    [Needs(BillingPermissions.Override)]
    public async Task<IActionResult> Post([PatientOf<Encounter>("charges")] Guid id, Form form, CancellationToken ct)
    {
        if (!await FillAsync(id, form, ct))
        {
            return NotFound();
        }

        var read = NewReading();
        var reason = read.Required(nameof(form.Reason), "Reason", form.Reason, 200);
        if (!Accept(read.Errors))
        {
            return Invalid(form);
        }

        var e = form.Encounter;
        var claim = await scrubber.ClaimAsync(e, ct);
        db.Add(new FindingOverride
        {
            EncounterId = e.Id, Rule = form.Finding.Rule, Charged = FindingOverride.Print(claim, form.Finding), Reason = reason, At = Clock.GetUtcNow(), By = Actor.Name,
        });
        EncounterSteps.All.Note(e, Clock.GetUtcNow(), Actor.Name, $"Let pass: {form.Finding.Sentence} Because: {reason}", "warn");
        return await TrySaveAsync(db, ct) ? Done(e.Url, "The finding does not stop the claim any more.") : Invalid(form);
    }

    /// <summary>False when there is no such finding now: it was mended or let pass meanwhile.</summary>
    private async Task<bool> FillAsync(Guid id, Form form, CancellationToken ct)
    {
        if (await desk.OpenAsync(id, ct) is not { } e
            || (await scrubber.JudgeAsync([id], ct)).GetValueOrDefault(id)?.FirstOrDefault(f => f.Rule == form.Rule && f.LineId == form.Line && f.Overridden is null && f.Rule != FormatRules.Incomplete) is not { } finding)
        {
            return false;
        }

        (form.Encounter, form.Finding) = (e, finding);
        return true;
    }
}
