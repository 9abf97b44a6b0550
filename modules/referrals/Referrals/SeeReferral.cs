using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Modular.Sdk;

namespace Modular.Referrals.Referrals;

/// <summary>The specialist has seen the patient; from that day the reply is waited for.</summary>
public sealed class SeeReferral(ReferralDesk desk) : ReferralStep(desk)
{
    public sealed class Form : StepForm
    {
        public DateOnly? On { get; set; }
    }

    [HttpGet("/referrals/referrals/{id:guid}/see")]
    [Needs(ReferralsPermissions.Send)]
    public Task<IActionResult> Get([PatientOf<Referral>("referral")] Guid id, CancellationToken ct) => ShowAsync(id, (r, now) => new Form { On = r.AppointmentOn < now.Today ? r.AppointmentOn : now.Today }, ct);

    [HttpPost("/referrals/referrals/{id:guid}/see")]
    [Needs(ReferralsPermissions.Send)]
    public Task<IActionResult> Post([PatientOf<Referral>("referral")] Guid id, Form form, CancellationToken ct)
    {
        if (form.On is null && ModelState.GetFieldValidationState(nameof(form.On)) != ModelValidationState.Invalid)
        {
            Refuse(nameof(form.On), "Type the day of the visit.");
        }

        return TakeAsync(id, form.Version, form, ReferralSteps.See, (r, now) => r.See(form.On!.Value, now), r => $"{r.PatientName} was seen; the reply is due {Said.ShortDay(r.DueOn!.Value)}.", ct);
    }
}
