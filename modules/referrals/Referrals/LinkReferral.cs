using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Referrals.Replies;
using Modular.Sdk;

namespace Modular.Referrals.Referrals;

/// <summary>Makes the link by which the specialist replies without an account; it is printed with the letter or copied.</summary>
public sealed class LinkReferral(ReferralDesk desk, IPublicLinks links) : ReferralStep(desk)
{
    public sealed class Form : StepForm
    {
        public string? For { get; set; }

        public int Days { get; set; } = SpecialistReply.Kind.Days;
    }

    [HttpGet("/referrals/referrals/{id:guid}/link")]
    [Needs(ReferralsPermissions.Send)]
    public Task<IActionResult> Get([PatientOf<Referral>("referral")] Guid id, CancellationToken ct) =>
        ShowAsync(id, (r, _) => new Form { For = r.SpecialistName }, ct);

    [HttpPost("/referrals/referrals/{id:guid}/link")]
    [Needs(ReferralsPermissions.Send)]
    public async Task<IActionResult> Post([PatientOf<Referral>("referral")] Guid id, Form form, CancellationToken ct)
    {
        if (await Desk.OpenAsync(id, ct) is not { } referral)
        {
            return NotFound();
        }

        (form.Referral, form.Now) = (referral, await Desk.NowAsync(referral, ct));
        var name = form.For?.Trim() ?? "";
        if (name.Length is 0 or > 120)
        {
            Refuse(nameof(form.For), "Type who gets the link, up to 120 letters.");
        }

        if (form.Days is < 1 or > 365)
        {
            Refuse(nameof(form.Days), "A link lasts 1 to 365 days.");
        }

        if (referral.Step is not (Step.Sent or Step.Booked or Step.Missed or Step.Seen))
        {
            Refuse("", "A link for the reply is made once the letter was sent, and while no reply is here.");
        }

        var born = await Desk.Db.Patients.Where(p => p.Id == referral.PatientId).Select(p => (DateOnly?)p.BirthDate).FirstOrDefaultAsync(ct);
        if (born is null)
        {
            Refuse("", "The patient's date of birth is not known here yet, and the link asks for it. Try again in a moment.");
        }

        return !ModelState.IsValid ? Invalid(form) : this.LinkMade(await links.MakeAsync(new(SpecialistReply.Kind.Id, id, name)
        {
            PatientId = referral.PatientId, LocationId = referral.LocationId, BirthDate = born, Days = form.Days,
        }, ct));
    }
}
