using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Messages;
using Modular.Referrals.Reactions;
using Modular.Sdk;

namespace Modular.Referrals.Referrals;

/// <summary>Writes a referral, from a patient's chart or from the list.</summary>
public sealed class WriteReferral(ReferralDesk desk, PatientLookup patients, ReferralChoices choices, ChosenLocation chosen, IAccessLog log) : Slice
{
    public sealed class Form : ReferralFields
    {
        /// <summary>Made with the form: sent twice, it is one referral.</summary>
        public Guid Key { get; set; }

        [Required(ErrorMessage = "Choose a patient from the list.")]
        public Guid? Patient { get; set; }

        public string? PatientName { get; set; }
    }

    [HttpGet("/referrals/referrals/write")]
    [Needs(ReferralsModule.Write)]
    public async Task<IActionResult> Get([Patient("referral to write")] Guid? patient, CancellationToken ct)
    {
        // What is in the address is for the fields, not what somebody typed wrongly.
        ModelState.Clear();
        var form = new Form { Key = Guid.CreateVersion7() };
        if (patient is { } id && await patients.FindAsync(id, ct) is { } known)
        {
            (form.Patient, form.PatientName) = (known.Id, known.Name);
            form.Coverage = await choices.CoveragesAsync(known.Id, null, Today, ct) is [var first, ..] ? first.Id : null;
        }

        await choices.FillAsync(form, form.Patient, Today, ct);
        return Page(form);
    }

    [HttpPost("/referrals/referrals/write")]
    [Needs(ReferralsModule.Write)]
    public async Task<IActionResult> Post(Form form, CancellationToken ct)
    {
        var patient = form.Patient is { } id ? await patients.FindAsync(id, ct) : null;
        if (form.Patient is not null && patient is null)
        {
            Refuse(nameof(form.PatientName), "This patient is not known here yet. Wait a moment and choose them again.");
        }

        if (chosen.Location is null)
        {
            Refuse("", "Choose a location in the top bar first.");
        }

        if (!Urgency.All.ContainsKey(form.Urgency))
        {
            Refuse(nameof(form.Urgency), "Choose one of these.");
        }

        return ModelState.IsValid && await SaveAsync(form, patient!, chosen.Location!, ct) is { } referral
            ? Done($"/referrals/referrals/{referral.Id}", $"{referral.PatientName} is referred to {referral.SpecialistName}. Check the coverage next.")
            : await AgainAsync(form, ct);
    }

    private DateOnly Today => WallTime.Today(Clock, chosen.Location?.Zone ?? "UTC");

    private async Task<IActionResult> AgainAsync(Form form, CancellationToken ct)
    {
        await choices.FillAsync(form, form.Patient, Today, ct);
        if (form.Patient is { } patient)
        {
            log.Viewed(patient, "referral to write");
        }

        return Invalid(form);
    }

    /// <returns>Null when something was refused.</returns>
    private async Task<Referral?> SaveAsync(Form form, KnownPatient patient, Location place, CancellationToken ct)
    {
        var now = await desk.NowAsync(place.Id, place.Zone, ct);
        try
        {
            await using var write = await desk.Db.BeginWriteAsync(ct);
            await write.LockAsync($"referral form {form.Key}", ct);
            if (await desk.Db.Referrals.FirstOrDefaultAsync(r => r.FormKey == form.Key, ct) is { } already)
            {
                return already;
            }

            var read = NewReading();
            if (await choices.SpecialistAsync(form, read, ct) is not { } specialist)
            {
                Accept(read.Errors);
                return null;
            }

            var referral = new Referral
            {
                LocationId = place.Id, Zone = place.Zone, PatientId = patient.Id, PatientName = patient.Name, FormKey = form.Key, WrittenOn = now.Today, WrittenBy = Actor.Name,
            };
            referral.Set(specialist, await choices.ProviderAsync(form.AskedBy, ct), await choices.CoverageAsync(form.Coverage, patient.Id, ct), form.Reason!.Trim(), form.Urgency, now);
            referral.Take(Actor.PersonId, Actor.Name);
            referral.Begin(now);
            desk.Db.Add(referral);
            await desk.SaveAsync(referral, ct);
            await write.CommitAsync(ct);
            return referral;
        }
        catch (DbUpdateException e) when (desk.Db.Explain(e) is { } refused)
        {
            Accept([refused]);
            return null;
        }
    }
}
