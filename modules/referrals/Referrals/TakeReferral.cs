using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Referrals.Referrals;

/// <summary>Somebody looks after it from now on: it is on their list "Mine".</summary>
public sealed class TakeReferral(ReferralDesk desk) : ReferralStep(desk)
{
    [HttpPost("/referrals/referrals/{id:guid}/take")]
    [Needs(ReferralsPermissions.Send)]
    public Task<IActionResult> Post([PatientOf<Referral>("referral")] Guid id, int version, CancellationToken ct) => TakeAsync(
        id, version, null, ReferralSteps.LookAfter, (r, now) => r.Take(Actor.PersonId, now), r => $"You look after {r.PatientName}'s referral now.", ct);
}
