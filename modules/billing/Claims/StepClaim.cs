using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;
using Microsoft.EntityFrameworkCore;
using Modular.Billing.Encounters;
using Modular.Sdk;

namespace Modular.Billing.Claims;

/// <summary>What a person does with a claim: checks it again, holds it, lets it go, voids it, says where it was keyed or what the payer said.</summary>
public sealed class StepClaim(BillingDb db, ClaimChecks checks, EncounterClaims claims, EncounterDesk encounters) : Slice
{
    private const string Check = "check", Hold = "hold", Release = "release", Keyed = "keyed", Took = "accepted", Rejected = "rejected",
        Decided = "decided", Correct = "correct", Void = "void";

    public sealed class Form
    {
        public int Version { get; set; }
        public string? How { get; set; }
        public string? Reason { get; set; }
        public string? PayerNumber { get; set; }

        [BindNever, ValidateNever]
        public Claim Claim { get; set; } = null!;
    }

    private static readonly (string Way, Step<Claim, ClaimState> Step, string Words)[] All =
    [
        (Check, ClaimSteps.Check, "Check it again"),
        (Hold, ClaimSteps.Hold, "Hold it back"),
        (Release, ClaimSteps.Release, "Release it: it may go"),
        (Keyed, ClaimSteps.Send, "Sent outside of a batch: keyed at the payer's website, or mailed on paper"),
        (Took, ClaimSteps.Accept, "The payer said that it has it"),
        (Rejected, ClaimSteps.Reject, "It came back rejected"),
        (Decided, ClaimSteps.Decide, "The payer decided: paid or denied"),
        (Correct, ClaimSteps.Close, "Correct it: send a replacement, or a void if nothing is charged any more"),
        (Void, ClaimSteps.Cancel, "Void: it is not sent"),
    ];

    /// <summary>What may be done in the state it is in.</summary>
    public static IReadOnlyDictionary<string, string> Ways(Claim claim) => claim.State == ClaimState.Rejected
        ? new Dictionary<string, string> { [Check] = "Mended: check it, and send it again as an original", [Void] = "Void: it is not sent" }
        : All.Where(w => w.Step.Refusal(claim) is null).ToDictionary(w => w.Way, w => w.Words);

    [HttpGet("/billing/claims/{id:guid}/step")]
    [Needs(BillingPermissions.Claims)]
    public async Task<IActionResult> Get([PatientOf<Claim>("claim")] Guid id, CancellationToken ct) =>
        await FindAsync(id, ct) is { } claim
            ? Page(new Form { Claim = claim, Version = claim.Version, How = Ways(claim).Keys.FirstOrDefault(), PayerNumber = claim.PayerClaimNumber }) : NotFound();

    [HttpPost("/billing/claims/{id:guid}/step")]
    [Needs(BillingPermissions.Claims)]
    public async Task<IActionResult> Post([PatientOf<Claim>("claim")] Guid id, Form form, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } claim)
        {
            return NotFound();
        }

        var read = NewReading();
        var reason = read.Text(nameof(form.Reason), "Note", form.Reason, 200);
        var number = read.Text(nameof(form.PayerNumber), "Payer's number", form.PayerNumber, 50);
        var how = read.OneOf(nameof(form.How), "Step", form.How, Ways(claim));
        if (how is null)
        {
            read.Refuse(nameof(form.How), "Choose one of these.");
        }
        else if (how is not (Check or Correct) && reason is null)
        {
            read.Refuse(nameof(form.Reason), "Say why, or what the payer said.");
        }

        if (Accept(read.Errors))
        {
            var result = await TakeAsync(claim, form.Version, how!, reason ?? "", number, ct);
            if (result.Taken)
            {
                return await DoneNextAsync(ClaimWork.Queue, db, id, claim.Url, $"Claim {claim.Number}: {claim.State.Title().ToLowerInvariant()}.", ct);
            }

            Refuse("", result.Refusal!);
            claim = (await FindAsync(id, ct))!;
        }

        form.Claim = claim;
        return Invalid(form);
    }

    private Task<Claim?> FindAsync(Guid id, CancellationToken ct) => db.Claims.Include(c => c.History).FirstOrDefaultAsync(c => c.Id == id, ct);

    private async Task<StepResult> TakeAsync(Claim claim, int version, string how, string reason, string? number, CancellationToken ct)
    {
        var (now, by) = (Clock.GetUtcNow(), Actor.Name);
        var step = how == Check && claim.State == ClaimState.Rejected ? ClaimSteps.Correct : All.First(w => w.Way == how).Step;
        var encounter = how == Correct ? await encounters.OpenAsync(claim.EncounterId, ct) : null;
        if (encounter is { IsEditable: true })
        {
            return new("The charges are open: close them first, and the correction is made.");
        }

        return await ClaimSteps.All.TakeAsync(db, Actor, claim, version, step, c => how switch
        {
            Hold => c.Hold(reason, now, by),
            Release => c.Release(reason, now, by),
            Keyed => c.Send($"outside of a batch: {reason}", now, by),
            Took => c.Accept(reason, number, fromPayer: true, now, by),
            Rejected => c.Reject(reason, now, by),
            Decided => c.Decide(reason, number, now, by),
            Void => c.Cancel(reason, now, by),
            Check when c.State == ClaimState.Rejected => c.Correct(reason.Length > 0 ? reason : "mended after the rejection", now, by),
            _ => null,
        }, ct, before: async () =>
        {
            if (how == Check)
            {
                await claims.LeaveBatchAsync(claim, ct);
                await checks.CheckAsync([claim], now, by, ct);
            }
            else if (how == Correct)
            {
                await claims.FollowAsync(encounter!, now, by, ct);
                if (claim.State == ClaimState.Decided)
                {
                    throw new StepRefusedException(claim.History[^1].Said);
                }
            }
        });
    }
}
