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
    [Needs(ReferralsModule.Send)]
    public Task<IActionResult> Get([PatientOf<Referral>("referral")] Guid id, CancellationToken ct) => ShowAsync(id, (r, _) => new Form
    {
        Authorization = r.Authorization, Number = r.AuthorizationNumber, Until = r.AuthorizationUntil, Visits = r.AuthorizationVisits,
    }, ct);

    [HttpPost("/referrals/referrals/{id:guid}/check")]
    [Needs(ReferralsModule.Send)]
    public Task<IActionResult> Post([PatientOf<Referral>("referral")] Guid id, Form form, CancellationToken ct)
    {
        if (form.Authorization is { } given && !Choices.Authorizations.ContainsKey(given))
        {
            Refuse(nameof(form.Authorization), "Choose one of these.");
        }

        if (form.Authorization == "given" && string.IsNullOrWhiteSpace(form.Number))
        {
            Refuse(nameof(form.Number), "Type the number the plan gave; the specialist's claim needs it.");
        }

        return TakeAsync(id, form.Version, form,
            (r, now) => r.Check(form.Authorization!, form.Number?.Trim(), form.Until, form.Visits, now),
            r => r.Step == Step.Checked ? $"Coverage of {r.PatientName} is checked." : $"Noted: the plan has not answered for {r.PatientName}.", ct);
    }
}
