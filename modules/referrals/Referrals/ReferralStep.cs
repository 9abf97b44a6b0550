using Htmx;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;
using Microsoft.EntityFrameworkCore;
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
    /// <param name="step">Takes the step, or says why not.</param>
    /// <param name="and">What else belongs into the same write.</param>
    /// <param name="undoable">False for what the last step's "take back" would not take back.</param>
    protected async Task<IActionResult> TakeAsync(
        Guid id, int version, StepForm? form, Func<Referral, Moment, string?> step, Func<Referral, string> said, CancellationToken ct, Func<Referral, Task>? and = null, bool undoable = true)
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
            await using var write = await desk.Db.BeginWriteAsync(ct);
            if ((referral.Version != version ? Changed(referral) : step(referral, now)) is { } refused)
            {
                return Again(form, refused);
            }

            if (and is not null)
            {
                await and(referral);
            }

            await desk.SaveAsync(referral, ct);
            await write.CommitAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Again(form, Changed(referral));
        }
        catch (FileRefusedException refused)
        {
            return Again(form, refused.Message);
        }

        return Answer(referral, said(referral), undoable && ReferralPage.MayTakeBack(Actor, referral) ? $"/referrals/referrals/{id}/undo?version={referral.Version}" : null);
    }

    private static string Changed(Referral referral) =>
        $"Somebody changed this referral meanwhile: it is “{Step.All[referral.Step].ToLowerInvariant()}” now. Nothing of yours was saved; close this and look again.";

    private IActionResult Again(StepForm? form, string? sentence)
    {
        if (form is not null)
        {
            if (sentence is not null)
            {
                Refuse("", sentence);
            }

            return Invalid(form);
        }

        return Answer(null, sentence ?? "This cannot be done with what was sent.", null);
    }

    /// <summary>The pages behind follow by their live topic, here as at every other desk.</summary>
    private IActionResult Answer(Referral? kept, string said, string? undo)
    {
        if (!Request.WantsFragment())
        {
            return Done($"/referrals/referrals/{RouteData.Values["id"]}", said, undo);
        }

        Response.Htmx(h =>
        {
            h.WithTrigger("toast", new { text = said, undo });
            if (kept is not null)
            {
                h.WithTrigger("closeDrawer");
            }
        });
        return StatusCode(kept is null ? 409 : 204);
    }
}
