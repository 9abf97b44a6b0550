using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Referrals.Referrals;

/// <summary>Changes what is asked, of whom, how soon, who asks and who pays, while the referral is open.</summary>
public sealed class EditReferral(ReferralDesk desk, ReferralChoices choices) : Slice
{
    public sealed class Form : ReferralFields, IEditForm<Referral>
    {
        public int Version { get; set; }

        [BindNever, ValidateNever]
        public Referral Referral { get; set; } = null!;

        public void Show(Referral r) => (Specialist, SpecialistName, Reason, Urgency, AskedBy, Coverage) =
            (r.SpecialistId, r.SpecialistName, r.Reason, r.Urgency, r.AskedById, r.CoverageId);

        public void Write(Referral referral, Reading read)
        {
            // The history says what changed, and the referral sets all at once: CheckAsync does.
            if (!Referrals.Urgency.All.ContainsKey(Urgency))
            {
                read.Refuse(nameof(Urgency), "Choose one of these.");
            }
        }
    }

    [HttpGet("/referrals/referrals/{id:guid}/edit")]
    [Needs(ReferralsModule.Write)]
    public Task<IActionResult> Get([PatientOf<Referral>("referral")] Guid id, CancellationToken ct) => Row.ShowAsync(id, ct);

    [HttpPost("/referrals/referrals/{id:guid}/edit")]
    [Needs(ReferralsModule.Write)]
    public Task<IActionResult> Post([PatientOf<Referral>("referral")] Guid id, Form form, CancellationToken ct) => Row.SaveAsync(id, form, ct);

    private Edit<Referral, Form> Row => new(this, desk.Db)
    {
        What = "referral",
        Rows = desk.Db.Referrals.Include(r => r.Changes),
        Model = async (referral, form, ct) => await FilledAsync(form, referral!, ct),
        Check = ChangeAsync,
        After = desk.SaveAsync,
        Saved = referral => Done($"/referrals/referrals/{referral.Id}", "Referral changed."),
    };

    private async Task<Form> FilledAsync(Form form, Referral referral, CancellationToken ct)
    {
        form.Referral = referral;
        await choices.FillAsync(form, referral.PatientId, (await desk.NowAsync(referral, ct)).Today, ct);
        return form;
    }

    private async Task ChangeAsync(Referral referral, Form form, Reading read, CancellationToken ct)
    {
        if (!referral.IsOpen)
        {
            read.Refuse("", $"This referral is {Step.All[referral.Step].ToLowerInvariant()} and is not changed any more.");
            return;
        }

        if (form.SpecialistName?.Trim() == referral.SpecialistName)
        {
            // After a conflict the name may be theirs while the choice behind it is still this person's.
            form.Specialist = form.KeptSpecialist = referral.SpecialistId;
        }

        if (await choices.SpecialistAsync(form, read, ct) is { } specialist)
        {
            var now = await desk.NowAsync(referral, ct);
            var coverage = await choices.CoverageAsync(form.Coverage, referral.PatientId, ct);
            var said = Differences(referral, specialist.Name, coverage?.Id, form);
            referral.Set(specialist, await choices.ProviderAsync(form.AskedBy, ct), coverage, form.Reason!.Trim(), form.Urgency, now);
            referral.Write(said.Count == 0 ? "Looked through, nothing changed" : $"Changed: {string.Join(", ", said)}", now, "");
        }
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
