using Microsoft.AspNetCore.Mvc;
using Modular.Patients.Messages;
using Modular.Sdk;

namespace Modular.Referrals.Referrals;

/// <summary>Takes back the last step that was not meant; a letter that did not go leaves the patient's disclosures again.</summary>
public sealed class UndoReferral(ReferralDesk desk) : ReferralStep(desk)
{
    [HttpPost("/referrals/referrals/{id:guid}/undo")]
    [Needs(ReferralsPermissions.Read)] // and what the step that is taken back needs
    public Task<IActionResult> Post([PatientOf<Referral>("referral")] Guid id, int version, CancellationToken ct)
    {
        Guid? undone = null;
        return TakeAsync(id, version, null, null,
            (r, now) => r.TakeBack(now, out undone),
            r => $"{r.PatientName}: {r.Step.Title().ToLowerInvariant()} again.", ct,
            _ => undone is { } disclosure ? Desk.PublishAsync(new TakeBackDisclosure(disclosure), disclosure) : Task.CompletedTask);
    }
}
