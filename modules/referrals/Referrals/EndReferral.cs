using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Referrals.Referrals;

/// <summary>Ends it without a reply: the specialist declined, or it was canceled here or by the patient; always with the reason.</summary>
public sealed class EndReferral(ReferralDesk desk) : ReferralStep(desk)
{
    public static IReadOnlyDictionary<string, string> Ends { get; } = new Dictionary<string, string>
    {
        ["canceled"] = "Canceled by us or the patient", ["declined"] = "Declined by the specialist",
    };

    public sealed class Form : StepForm
    {
        [Required(ErrorMessage = "Say who ended it.")]
        public string? Ended { get; set; }

        [StringLength(200)]
        public string Reason { get; set; } = "";
    }

    [HttpGet("/referrals/referrals/{id:guid}/end")]
    [Needs(ReferralsModule.Write)]
    public Task<IActionResult> Get([PatientOf<Referral>("referral")] Guid id, CancellationToken ct) => ShowAsync(id, (_, _) => new Form { Ended = "canceled" }, ct);

    [HttpPost("/referrals/referrals/{id:guid}/end")]
    [Needs(ReferralsModule.Write)]
    public Task<IActionResult> Post([PatientOf<Referral>("referral")] Guid id, Form form, CancellationToken ct)
    {
        if (form.Ended is { } ended && !Ends.ContainsKey(ended))
        {
            Refuse(nameof(form.Ended), "Choose one of these.");
        }

        return TakeAsync(id, form.Version, form,
            (r, now) => r.End(form.Ended == "declined", form.Reason.Trim(), now),
            r => $"Referral of {r.PatientName} to {r.SpecialistName} is {Step.All[r.Step].ToLowerInvariant()}.", ct);
    }
}
