using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Referrals.Referrals;

/// <summary>Whether the plan pays: does it need an authorization, which, until when, for how many visits.</summary>
public sealed class CheckReferral(ReferralDesk desk) : ReferralStep(desk)
{
    public sealed class Form : StepForm
    {
        [Required(ErrorMessage = "Say what the plan answered.")]
        public string? Authorization { get; set; }

        [StringLength(40)]
        public string? Number { get; set; }

        public DateOnly? Until { get; set; }

        [Range(1, 200)]
        public int? Visits { get; set; }
    }

    [HttpGet("/referrals/referrals/{id:guid}/check")]
    [Needs(ReferralsPermissions.Send)]
    public Task<IActionResult> Get([PatientOf<Referral>("referral")] Guid id, CancellationToken ct) => ShowAsync(id, (r, _) => new Form
    {
        Authorization = r.Authorization?.Text(), Number = r.AuthorizationNumber, Until = r.AuthorizationUntil, Visits = r.AuthorizationVisits,
    }, ct);

    [HttpPost("/referrals/referrals/{id:guid}/check")]
    [Needs(ReferralsPermissions.Send)]
    public Task<IActionResult> Post([PatientOf<Referral>("referral")] Guid id, Form form, CancellationToken ct)
    {
        var answer = States.Find<PlanAnswer>(form.Authorization);
        if (form.Authorization is not null && answer is null)
        {
            Refuse(nameof(form.Authorization), "Choose one of these.");
        }

        if (answer == PlanAnswer.Given && string.IsNullOrWhiteSpace(form.Number))
        {
            Refuse(nameof(form.Number), "Type the number the plan gave; the specialist's claim needs it.");
        }

        return TakeAsync(id, form.Version, form, ReferralSteps.Check,
            (r, now) => r.Check(answer!.Value, form.Number?.Trim(), form.Until, form.Visits, now),
            r => r.Step == Step.Checked ? $"Coverage of {r.PatientName} is checked." : $"Noted: the plan has not answered for {r.PatientName}.", ct);
    }
}
