using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Tests.Docs;

// snippet: public-page
/// <summary>The specialist says that the patient came, without an account.</summary>
public sealed class ConfirmVisit(ReferralsDb db, IPublicLinks links) : PublicSlice
{
    private const string Reason = "A specialist without an account says that a patient we sent has come.";

    public static readonly LinkKind Kind = new("referrals.visit", "Confirm a visit", "/public/referrals/visits", "referrals.referral.send") { Days = 30 };

    public sealed record Model(PatientTexts Texts, string PatientName);

    [HttpGet("/public/referrals/visits/{link}")]
    [PublicPage(Reason, Link = "referrals.visit")]
    public async Task<IActionResult> Get(CancellationToken ct) => await FindAsync(ct) is { } referral
        ? Page(new Model(PatientTexts.Of<ReferralsModule>(Visit.Language), referral.PatientName)) : Gone();

    [HttpPost("/public/referrals/visits/{link}")]
    [PublicPage(Reason, Link = "referrals.visit")]
    public async Task<IActionResult> Post(CancellationToken ct)
    {
        await using var write = await db.BeginWriteAsync(ct);
        if (await FindAsync(ct) is not { } referral || !await links.UseAsync(ct))
        {
            return Gone();
        }

        referral.Status = "closed";
        await db.SaveChangesAsync(ct);
        await write.CommitAsync(ct);
        return Received();
    }

    private Task<Referral?> FindAsync(CancellationToken ct) => db.Referrals.FirstOrDefaultAsync(r => r.Id == Link.SubjectId && r.Status == "sent", ct);
}
// end

// snippet: make-link
public sealed class LinkVisit(ReferralsDb db, IPublicLinks links) : Slice
{
    [HttpPost("/referrals/{id:guid}/link")]
    [Needs("referrals.referral.send")]
    public async Task<IActionResult> Post([PatientOf<Referral>("referral")] Guid id, DateOnly birthDate, CancellationToken ct) =>
        await db.Referrals.FirstOrDefaultAsync(r => r.Id == id, ct) is not { } referral ? NotFound()
        : this.LinkMade(await links.MakeAsync(new(ConfirmVisit.Kind.Id, id, referral.SentTo)
        {
            PatientId = referral.PatientId, LocationId = referral.LocationId, BirthDate = birthDate,
        }, ct));
}
// end
