using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Tests.Docs;

// snippet: letter-slice
/// <summary>What the patient takes along to the specialist.</summary>
public sealed class ReferralSlip(ReferralsDb db, ILetters letters, IPractice practice) : Slice
{
    public static readonly LetterKind Kind = new("referrals.slip", "Referral slip",
    [
        LetterField.Text("practice", "Name of the practice", "Harbor Family Practice"),
        LetterField.Text("patient.name", "Patient's name", "Ana Rivera"),
        LetterField.Text("specialist", "Name of the specialist", "Harbor Cardiology"),
        LetterField.Date("due", "Day by which the patient must be seen", new(2026, 11, 23), mayBeEmpty: true),
        LetterField.Number("fee", "What the patient pays there", 35m, mayBeEmpty: true),
        LetterField.List("bring", "What to bring", LetterField.Text("what", "One thing", "Your insurance card")),
    ]);

    [HttpGet("/referrals/slips/{id:guid}")]
    [Needs("referrals.referral.read")]
    public async Task<IActionResult> Get([PatientOf<Referral>("referral slip")] Guid id, string? language, CancellationToken ct)
    {
        if (await db.Referrals.AsNoTracking().FirstOrDefaultAsync(r => r.Id == id, ct) is not { } referral)
        {
            return NotFound();
        }

        return Page(await WriteAsync(letters, referral, practice.Name, language, ct));
    }

    public static Task<WrittenLetter> WriteAsync(ILetters letters, Referral referral, string practice, string? language, CancellationToken ct) =>
        letters.WriteAsync(Kind, language, new Dictionary<string, object?>
        {
            ["practice"] = practice,
            ["patient.name"] = referral.PatientName,
            ["specialist"] = referral.SentTo,
            ["due"] = referral.SentOn.AddDays(14),
            ["bring"] = new[] { new Dictionary<string, object?> { ["what"] = "X-rays" } },
        }, ct);
}
// end
