using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Referrals.Referrals;

/// <summary>Ends it without a reply: the specialist declined, or it was canceled here or by the patient; always with the reason.</summary>
public sealed class EndReferral(ReferralDesk desk) : ReferralStep(desk)
{
    public static IReadOnlyDictionary<string, string> Ends { get; } = new Dictionary<string, string>
    {
        [Step.Canceled.Text()] = "Canceled by us or the patient", [Step.Declined.Text()] = "Declined by the specialist",
    };

    public sealed class Form : StepForm
    {
        [Required(ErrorMessage = "Say who ended it.")]
        public string? Ended { get; set; }

        [StringLength(200)]
        public string Reason { get; set; } = "";
    }

    [HttpGet("/referrals/referrals/{id:guid}/end")]
    [Needs(ReferralsPermissions.Write)]
    public Task<IActionResult> Get([PatientOf<Referral>("referral")] Guid id, CancellationToken ct) => ShowAsync(id, (_, _) => new Form { Ended = Step.Canceled.Text() }, ct);

    [HttpPost("/referrals/referrals/{id:guid}/end")]
    [Needs(ReferralsPermissions.Write)]
    public Task<IActionResult> Post([PatientOf<Referral>("referral")] Guid id, Form form, CancellationToken ct)
    {
        if (form.Ended is { } ended && !Ends.ContainsKey(ended))
        {
            Refuse(nameof(form.Ended), "Choose one of these.");
        }

        return TakeAsync(id, form.Version, form, ReferralSteps.End,
            (r, now) => r.End(States.Find<Step>(form.Ended) == Step.Declined, form.Reason.Trim(), now),
            r => $"Referral of {r.PatientName} to {r.SpecialistName} is {r.Step.Title().ToLowerInvariant()}.", ct);
    }
}
