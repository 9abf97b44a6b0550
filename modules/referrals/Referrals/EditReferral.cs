using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Referrals.Referrals;

/// <summary>Changes what is asked, of whom, how soon, who asks and who pays, while the referral is open.</summary>
public sealed class EditReferral(ReferralDesk desk, ReferralChoices choices) : Slice
{
    public sealed class Form : ReferralFields
    {
        public int Version { get; set; }

        [BindNever, ValidateNever]
        public Referral Referral { get; set; } = null!;
    }

    [HttpGet("/referrals/referrals/{id:guid}/edit")]
    [Needs(ReferralsPermissions.Write)]
    public async Task<IActionResult> Get([PatientOf<Referral>("referral")] Guid id, CancellationToken ct)
    {
        if (await desk.OpenAsync(id, ct) is not { } r)
        {
            return NotFound();
        }

        return Page(await FilledAsync(new Form
        {
            Version = r.Version, Specialist = r.SpecialistId, SpecialistName = r.SpecialistName, Reason = r.Reason, Urgency = r.Urgency, AskedBy = r.AskedById, Coverage = r.CoverageId,
        }, r, ct));
    }

    [HttpPost("/referrals/referrals/{id:guid}/edit")]
    [Needs(ReferralsPermissions.Write)]
    public async Task<IActionResult> Post([PatientOf<Referral>("referral")] Guid id, Form form, CancellationToken ct)
    {
        if (await desk.OpenAsync(id, ct) is not { } referral)
        {
            return NotFound();
        }

        if (!Urgency.All.ContainsKey(form.Urgency))
        {
            Refuse(nameof(form.Urgency), "Choose one of these.");
        }

        if (!referral.IsOpen)
        {
            Refuse("", $"This referral is {referral.Step.Title().ToLowerInvariant()} and is not changed any more.");
        }
        else if (form.Version != referral.Version)
        {
            // What the other person saved stands beside what was typed; sending it again saves this one over it.
            Refuse("", $"Somebody changed this referral meanwhile. It now says: {referral.To}, {Urgency.All[referral.Urgency].ToLowerInvariant()}, “{referral.Reason}”. What you typed is below; save again to keep yours.");
            ModelState.Remove(nameof(form.Version));
            form.Version = referral.Version;
        }

        return ModelState.IsValid && await SaveAsync(form, referral, ct)
            ? Done($"/referrals/referrals/{id}", "Referral changed.")
            : Invalid(await FilledAsync(form, referral, ct));
    }

    private async Task<Form> FilledAsync(Form form, Referral referral, CancellationToken ct)
    {
        form.Referral = referral;
        await choices.FillAsync(form, referral.PatientId, (await desk.NowAsync(referral, ct)).Today, ct);
        return form;
    }

    private async Task<bool> SaveAsync(Form form, Referral referral, CancellationToken ct)
    {
        var now = await desk.NowAsync(referral, ct);
        try
        {
            await using var write = await desk.Db.BeginWriteAsync(ct);
            var (specialist, fault) = await choices.SpecialistAsync(form, ct);
            if (specialist is null)
            {
                Refuse(nameof(form.Npi), fault!);
                return false;
            }

            var coverage = await choices.CoverageAsync(form.Coverage, referral.PatientId, ct);
            var said = Differences(referral, specialist.Name, coverage?.Id, form);
            referral.Set(specialist, await choices.ProviderAsync(form.AskedBy, ct), coverage, form.Reason!.Trim(), form.Urgency, now);
            referral.Write(said.Count == 0 ? "Looked through, nothing changed" : $"Changed: {string.Join(", ", said)}", now, "");
            await desk.SaveAsync(referral, ct);
            await write.CommitAsync(ct);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            Refuse("", "Somebody else saved this referral at the same moment. Close this and look again.");
        }
        catch (DbUpdateException e) when (ReferralChoices.Refusal(e) is (var field, var sentence))
        {
            Refuse(field, sentence);
        }

        return false;
    }

    private static List<string> Differences(Referral r, string specialist, Guid? coverage, Form form)
    {
        var said = new List<string>();
        void Say(bool differs, string what)
        {
            if (differs)
            {
                said.Add(what);
            }
        }

        Say(specialist != r.SpecialistName, $"specialist, was {r.SpecialistName}");
        Say(form.Urgency != r.Urgency, $"urgency, was {Urgency.All[r.Urgency].ToLowerInvariant()}");
        Say(form.AskedBy != r.AskedById, $"asked by, was {r.AskedBy ?? "nobody"}");
        Say(coverage != r.CoverageId, "coverage");
        Say(form.Reason!.Trim() != r.Reason, "what is asked");
        return said;
    }
}
