using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Modular.Sdk;

namespace Modular.Referrals.Referrals;

/// <summary>The specialist's reply: what it says in short, and the paper itself.</summary>
public sealed class ReplyReferral(ReferralDesk desk, IFiles files) : ReferralStep(desk)
{
    public sealed class Form : StepForm
    {
        public DateOnly? On { get; set; }

        [StringLength(2000)]
        public string Summary { get; set; } = "";

        public IFormFile? File { get; set; }
    }

    [HttpGet("/referrals/referrals/{id:guid}/reply")]
    [Needs(ReferralsPermissions.Send)]
    public Task<IActionResult> Get([PatientOf<Referral>("referral")] Guid id, CancellationToken ct) => ShowAsync(id, (r, now) => new Form { On = now.Today, Summary = r.Reply ?? "" }, ct);

    [HttpPost("/referrals/referrals/{id:guid}/reply")]
    [Needs(ReferralsPermissions.Send)]
    public async Task<IActionResult> Post([PatientOf<Referral>("referral")] Guid id, Form form, CancellationToken ct)
    {
        if (form.On is null && ModelState.GetFieldValidationState(nameof(form.On)) != ModelValidationState.Invalid)
        {
            Refuse(nameof(form.On), "Type the day it came.");
        }

        return await TakeAsync(id, form.Version, form, ReferralSteps.Receive,
            (r, now) => r.Receive(form.On!.Value, form.Summary.Trim(), now),
            r => $"Reply on {r.PatientName} is here; read it by {Said.ShortDay(r.DueOn!.Value)}.", ct,
            async r =>
            {
                if (form.File is { Length: > 0 } paper)
                {
                    await using var content = paper.OpenReadStream();
                    var stored = await files.SaveAsync(content, paper.FileName, new(ReferralsPermissions.Read, r.PatientId, "specialist's reply", r.LocationId), ct);
                    r.KeepReply(stored.Id);
                }
            });
    }
}
