using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Tests.Docs;

// snippet: letter-slice
/// <summary>What the patient takes along to the specialist.</summary>
public sealed class ReferralSlip(ReferralSlips about, ILetters letters) : Slice
{
    public static readonly LetterKind Kind = new("referrals.slip", "Referral slip",
    [
        LetterField.Text("practice", "Name of the practice", "Harbor Family Practice"),
        LetterField.Text("patient.name", "Patient's name", "Ana Rivera"),
        LetterField.Text("specialist", "Name of the specialist", "Harbor Cardiology"),
        LetterField.Date("due", "Day by which the patient must be seen", new(2026, 11, 23), mayBeEmpty: true),
        LetterField.Number("fee", "What the patient pays there", 35m, mayBeEmpty: true),
        LetterField.List("bring", "What to bring", LetterField.Text("what", "One thing", "Your insurance card")),
    ])
    {
        Paper = "card", // no letterhead: without this it stands between the practice's head and foot
    };

    [HttpGet("/referrals/slips/{id:guid}")]
    [Needs("referrals.referral.read")]
    public async Task<IActionResult> Get([PatientOf<Referral>("referral slip")] Guid id, string? language, CancellationToken ct) =>
        await about.FindAsync([id], ct) is [var record]
            ? Page(await letters.WriteAsync(Kind, record with { Language = language ?? record.Language }, ct))
            : NotFound();
}

/// <summary>What slips say of referrals: for the page above, the preview of a changed text, and many at once.</summary>
public sealed class ReferralSlips(ReferralsDb db, IPractice practice) : ILetterSource
{
    public async Task<IReadOnlyList<LetterRecord>> FindAsync(IReadOnlyList<Guid> ids, CancellationToken ct) =>
        [.. (await db.Referrals.AsNoTracking().Where(r => ids.Contains(r.Id)).ToListAsync(ct)).Select(r => Of(r, practice.Name))];

    public async Task<IReadOnlyList<Guid>> LatestAsync(CancellationToken ct) =>
        await db.Referrals.AsNoTracking().OrderByDescending(r => r.SentOn).Select(r => r.Id).Take(20).ToListAsync(ct);

    public static LetterRecord Of(Referral referral, string practice) => new(referral.Id, new()
    {
        ["practice"] = practice,
        ["patient.name"] = referral.PatientName,
        ["specialist"] = referral.SentTo,
        ["due"] = referral.SentOn.AddDays(14),
        ["bring"] = new[] { new Dictionary<string, object?> { ["what"] = "X-rays" } },
    })
    {
        Label = $"{referral.PatientName}, {referral.SentTo}", PatientId = referral.PatientId, LocationId = referral.LocationId,
    };
}
// end

// snippet: letter-merge
/// <summary>A slip for each referral that was chosen in the list.</summary>
public sealed class PrintSlips(IMailMerge merge) : Slice
{
    [HttpPost("/referrals/slips/print")]
    [Needs("referrals.referral.read")]
    public async Task<IActionResult> Post(Guid[] id, CancellationToken ct)
    {
        try
        {
            return LocalRedirect(await merge.BeginAsync(ReferralSlip.Kind, id, ct));
        }
        catch (MailMergeRefusedException refused)
        {
            return Done("/referrals", refused.Message);
        }
    }
}
// end
