using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Messages;
using Modular.Referrals.Specialists;
using Modular.Sdk;

namespace Modular.Referrals.Referrals;

/// <summary>The letter and the records went to the specialist: how, to which number, what. The patient's disclosures have it too, for treatment.</summary>
public sealed class SendReferral(ReferralDesk desk) : ReferralStep(desk)
{
    public sealed class Form : StepForm
    {
        [Required(ErrorMessage = "Say how it was sent.")]
        public string? How { get; set; }

        /// <summary>The fax number, or where else it went.</summary>
        [StringLength(120)]
        public string? To { get; set; }

        [StringLength(300)]
        public string What { get; set; } = "Letter";

        [BindNever, ValidateNever]
        public Specialist? Specialist { get; set; }
    }

    [HttpGet("/referrals/referrals/{id:guid}/send")]
    [Needs(ReferralsPermissions.Send)]
    public async Task<IActionResult> Get([PatientOf<Referral>("referral")] Guid id, CancellationToken ct)
    {
        Specialist? to = null;
        if (await Desk.Db.Referrals.AsNoTracking().FirstOrDefaultAsync(r => r.Id == id, ct) is { } referral)
        {
            to = await Desk.Db.Specialists.AsNoTracking().FirstOrDefaultAsync(s => s.Id == referral.SpecialistId, ct);
        }

        return await ShowAsync(id, (_, _) => new Form { How = to?.Fax is null ? null : "fax", To = TypedPhone.Show(to?.Fax), What = "Letter, last visit notes and results", Specialist = to }, ct);
    }

    [HttpPost("/referrals/referrals/{id:guid}/send")]
    [Needs(ReferralsPermissions.Send)]
    public Task<IActionResult> Post([PatientOf<Referral>("referral")] Guid id, Form form, CancellationToken ct)
    {
        var to = string.IsNullOrWhiteSpace(form.To) ? null : form.To.Trim();
        if (form.How is { } how && !Choices.Ways.ContainsKey(how))
        {
            Refuse(nameof(form.How), "Choose one of these.");
        }
        else if (form.How == "fax" && (to = TypedPhone.Read(form.To ?? "")) is null)
        {
            Refuse(nameof(form.To), "Type the fax number it went to, ten digits: what goes to a wrong number has to be found again.");
        }

        var disclosure = Guid.CreateVersion7();
        return TakeAsync(id, form.Version, form, ReferralSteps.Send,
            (r, now) => r.Send(form.How!, to, form.What.Trim(), disclosure, now),
            r => $"Sent to {r.SpecialistName}. It is in the patient's disclosures.", ct,
            r => Desk.PublishAsync(Disclosed(r), r.DisclosureId!.Value));
    }

    /// <summary>To another provider for treatment: kept, and not in the accounting a patient may ask for (45 CFR 164.528(a)(1)(i)).</summary>
    private NoteDisclosure Disclosed(Referral r) => new(
        r.DisclosureId!.Value, r.PatientId, r.SentOn!.Value, r.SpecialistName, r.SentTo is { } to && r.SentHow == "fax" ? $"Fax {TypedPhone.Show(to)}" : r.SentTo,
        $"Referral: {r.SentWhat}", "care", Actor.Name);
}
