using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Referrals.Referrals;

/// <summary>The coverages of the patient who was just chosen, the first of them proposed.</summary>
public sealed class CoveragesOfPatient(ReferralChoices choices, ChosenLocation chosen) : Slice
{
    [HttpGet("/referrals/referrals/coverages")]
    [Needs(ReferralsPermissions.Write)]
    public async Task<IActionResult> Get([Patient("coverages")] Guid? patient, CancellationToken ct)
    {
        ModelState.Clear();
        var found = await choices.CoveragesAsync(patient, null, WallTime.Today(Clock, chosen.Location?.Zone ?? "UTC"), ct);
        return Fragment("_Coverages", new ReferralFields { Coverages = found, Coverage = found.Count > 0 ? found[0].Id : null });
    }
}
