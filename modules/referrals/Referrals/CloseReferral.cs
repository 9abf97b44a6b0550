using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Referrals.Referrals;

/// <summary>Somebody who treats the patient has read the reply: the referral is done.</summary>
public sealed class CloseReferral(ReferralDesk desk) : ReferralStep(desk)
{
    [HttpPost("/referrals/referrals/{id:guid}/close")]
    [Needs(ReferralsPermissions.Close)]
    public Task<IActionResult> Post([PatientOf<Referral>("referral")] Guid id, int version, CancellationToken ct) =>
        TakeAsync(id, version, null, ReferralSteps.Close, (r, now) => r.Close(now), r => $"Referral of {r.PatientName} to {r.SpecialistName} is closed.", ct);
}
