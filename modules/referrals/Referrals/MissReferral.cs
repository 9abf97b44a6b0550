using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Referrals.Referrals;

/// <summary>The patient did not go: somebody calls and makes another appointment, or ends it.</summary>
public sealed class MissReferral(ReferralDesk desk) : ReferralStep(desk)
{
    [HttpPost("/referrals/referrals/{id:guid}/miss")]
    [Needs(ReferralsPermissions.Send)]
    public Task<IActionResult> Post([PatientOf<Referral>("referral")] Guid id, int version, CancellationToken ct) =>
        TakeAsync(id, version, null, ReferralSteps.Miss, (r, now) => r.Miss(now), r => $"{r.PatientName} did not go to {r.SpecialistName}. Call them by {Said.ShortDay(r.DueOn!.Value)}.", ct);
}
