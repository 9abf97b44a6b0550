using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;
using Modular.Sdk;

namespace Modular.Referrals.Referrals;

/// <summary>What every form of a step carries: the version the person saw, and what the drawer shows of the referral.</summary>
public abstract class StepForm
{
    public int Version { get; set; }

    [BindNever, ValidateNever]
    public Referral Referral { get; set; } = null!;

    [BindNever, ValidateNever]
    public Moment Now { get; set; } = null!;

    // Methods, for the binder validates what properties give before there is a referral.
    public string Address() => $"/referrals/referrals/{Referral.Id}";

    public string About() => $"{Referral.PatientName} · {Referral.To}";
}

/// <summary>
/// A step of a referral, taken from a drawer, from a button, or from a page without script. Whoever comes second is told what the
/// referral is now.
/// </summary>
public abstract class ReferralStep(ReferralDesk desk) : Slice
{
    protected ReferralDesk Desk => desk;

    protected async Task<IActionResult> ShowAsync<TForm>(Guid id, Func<Referral, Moment, TForm> make, CancellationToken ct) where TForm : StepForm
    {
        if (await desk.OpenAsync(id, ct) is not { } referral)
        {
            return NotFound();
        }

        var now = await desk.NowAsync(referral, ct);
        var form = make(referral, now);
        (form.Referral, form.Now, form.Version) = (referral, now, referral.Version);
        return Page(form);
    }

    /// <param name="form">Null for a button, which has no form to come back to.</param>
    /// <param name="step">Null to take the last one back.</param>
    /// <param name="take">Takes the step, or says why not.</param>
    /// <param name="and">What else belongs into the same write.</param>
    protected async Task<IActionResult> TakeAsync(
        Guid id, int version, StepForm? form, Step<Referral, Step>? step, Func<Referral, Moment, string?> take, Func<Referral, string> said,
        CancellationToken ct, Func<Referral, Task>? and = null)
    {
        if (await desk.OpenAsync(id, ct) is not { } referral)
        {
            return NotFound();
        }

        var now = await desk.NowAsync(referral, ct);
        if (form is not null)
        {
            (form.Referral, form.Now) = (referral, now);
        }

        if (!ModelState.IsValid)
        {
            return Again(form, null);
        }

        try
        {
            var result = await ReferralSteps.All.TakeAsync(
                desk.Db, Actor, referral, version, step, r => take(r, now), ct,
                before: () => and?.Invoke(referral) ?? Task.CompletedTask, after: () => desk.TellAsync(referral, ct));
            var undo = step is { CanBeTakenBack: true } ? $"{Address()}/undo?version={referral.Version}" : null;
            return result.Refusal is { } refused ? Again(form, refused) : Stepped(Address(), said(referral), undo: undo);
        }
        catch (FileRefusedException refused)
        {
            return Again(form, refused.Message);
        }
    }

    private string Address() => $"/referrals/referrals/{RouteData.Values["id"]}";

    private IActionResult Again(StepForm? form, string? sentence)
    {
        if (form is null)
        {
            return Stepped(Address(), sentence ?? "This cannot be done with what was sent.", taken: false);
        }

        if (sentence is not null)
        {
            Refuse("", sentence);
        }

        return Invalid(form);
    }
}
