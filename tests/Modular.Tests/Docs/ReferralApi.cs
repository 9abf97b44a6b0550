using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Tests.Docs;

// snippet: api-body
/// <summary>A referral as programs read it.</summary>
public sealed record ReferralBody(
    Guid Id,
    [property: Description("Grows with every change; the ETag.")] int Version,
    Guid PatientId,
    string SentTo,
    DateOnly SentOn,
    [property: Description("One of sent, closed.")] string Status)
{
    public static ReferralBody Of(Referral r) => new(r.Id, r.Version, r.PatientId, r.SentTo, r.SentOn, r.Status);
}
// end

// snippet: api-list
/// <summary>Referrals for programs.</summary>
public sealed class ReferralsApi(ReferralsDb db) : ApiSlice
{
    [HttpGet("/api/referrals")]
    [Needs("referrals.referral.read"), Description("Referrals, the oldest first."), Listed(typeof(ReferralList))]
    [ProducesResponseType<ApiPage<ReferralBody>>(StatusCodes.Status200OK)]
    public Task<ActionResult> List(ApiListQuery query, CancellationToken ct) =>
        ListAsync(ReferralList.List, db.Referrals.AsNoTracking(), query, ReferralBody.Of, ct);
// end

// snippet: api-write
    [HttpPost("/api/referrals/{id:guid}/close")]
    [Needs("referrals.referral.send"), Description("The report is here.")]
    [ProducesResponseType<ReferralBody>(StatusCodes.Status200OK)]
    public async Task<IActionResult> Close([PatientOf<Referral>("referral closed by a program")] Guid id, [FromBody] Closing closing, CancellationToken ct)
    {
        if (IfMatch is not { } version)
        {
            return VersionNeeded();
        }

        if (await db.Referrals.FirstOrDefaultAsync(r => r.Id == id, ct) is not { } referral)
        {
            return Missing();
        }

        if (referral.Version != version)
        {
            return Outdated("Somebody changed this referral meanwhile.");
        }

        (referral.Status, referral.Reason) = ("closed", closing.Result);
        await db.SaveChangesAsync(ct);
        return Shown(ReferralBody.Of(referral), referral.Version);
    }

    public sealed class Closing
    {
        [Required(ErrorMessage = "Say what the report says."), StringLength(200)]
        public string? Result { get; init; }
    }
}
// end
