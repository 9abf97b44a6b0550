using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Referrals.Referrals;

/// <summary>The patient knows of the appointment, and how they were told.</summary>
public sealed class TellReferral(ReferralDesk desk) : ReferralStep(desk)
{
    public sealed class Form : StepForm
    {
        [Required(ErrorMessage = "Say how the patient was told.")]
        public string? How { get; set; }
    }

    [HttpGet("/referrals/referrals/{id:guid}/tell")]
    [Needs(ReferralsPermissions.Send)]
    public Task<IActionResult> Get([PatientOf<Referral>("referral")] Guid id, CancellationToken ct) => ShowAsync(id, (_, _) => new Form(), ct);

    [HttpPost("/referrals/referrals/{id:guid}/tell")]
    [Needs(ReferralsPermissions.Send)]
    public Task<IActionResult> Post([PatientOf<Referral>("referral")] Guid id, Form form, CancellationToken ct)
    {
        if (form.How is { } how && !Choices.Tellings.ContainsKey(how))
        {
            Refuse(nameof(form.How), "Choose one of these.");
        }

        return TakeAsync(id, form.Version, form, ReferralSteps.Tell, (r, now) => r.Tell(form.How!, now), r => $"{r.PatientName} knows of the appointment.", ct);
    }
}
