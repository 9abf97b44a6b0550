using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Referrals.Referrals;

/// <summary>The specialist gave an appointment, and whether the patient knows.</summary>
public sealed class BookReferral(ReferralDesk desk) : ReferralStep(desk)
{
    public sealed class Form : StepForm
    {
        public DateOnly? On { get; set; }

        public TimeOnly? At { get; set; }

        /// <summary>Null: to be told, which is a task.</summary>
        public string? Told { get; set; }
    }

    [HttpGet("/referrals/referrals/{id:guid}/book")]
    [Needs(ReferralsPermissions.Send)]
    public Task<IActionResult> Get([PatientOf<Referral>("referral")] Guid id, CancellationToken ct) => ShowAsync(id, (r, _) => new Form { On = r.MissedOn is null ? r.AppointmentOn : null, At = r.MissedOn is null ? r.AppointmentAt : null }, ct);

    [HttpPost("/referrals/referrals/{id:guid}/book")]
    [Needs(ReferralsPermissions.Send)]
    public Task<IActionResult> Post([PatientOf<Referral>("referral")] Guid id, Form form, CancellationToken ct)
    {
        if (form.On is null && ModelState.GetFieldValidationState(nameof(form.On)) != Microsoft.AspNetCore.Mvc.ModelBinding.ModelValidationState.Invalid)
        {
            Refuse(nameof(form.On), "Type the day of the appointment.");
        }

        if (form.Told is { Length: > 0 } told && !Choices.Tellings.ContainsKey(told))
        {
            Refuse(nameof(form.Told), "Choose one of these.");
        }

        return TakeAsync(id, form.Version, form, ReferralSteps.Book,
            (r, now) => r.Book(form.On!.Value, form.At, string.IsNullOrEmpty(form.Told) ? null : form.Told, now),
            r => $"{r.PatientName} goes to {r.SpecialistName} on {Said.ShortDay(r.AppointmentOn!.Value)}{(r.ToldOn is null ? "; telling the patient is a task now" : "")}.", ct);
    }
}
