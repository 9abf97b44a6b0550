using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Tests.Docs;

// snippet: label-slice
/// <summary>For the envelope with the X-rays.</summary>
public sealed class ReferralLabel(ReferralsDb db, ILabels labels) : Slice
{
    [HttpGet("/referrals/labels/{id:guid}")]
    [Needs("referrals.referral.read")]
    public async Task<IActionResult> Get([PatientOf<Referral>("referral label")] Guid id, CancellationToken ct)
    {
        if (await db.Referrals.AsNoTracking().FirstOrDefaultAsync(r => r.Id == id, ct) is not { } referral)
        {
            return NotFound();
        }

        try
        {
            return File(labels.Pdf("Referral label", LabelSheet.Roll60By30, [Of(referral)]), "application/pdf");
        }
        catch (LabelRefusedException refused)
        {
            Refuse("", refused.Message);
            return Invalid(referral);
        }
    }

    public static Label Of(Referral referral) => new Label()
        .Text(referral.PatientName, left: 2, top: 2, width: 34, height: 12, size: 12, bold: true)
        .Text(referral.SentTo, left: 2, top: 15, width: 34, height: 12)
        .Code(CodeKind.DataMatrix, referral.Id.ToString("N"), left: 37, top: 4, width: 22, height: 22);
}
// end

// snippet: code-slice
/// <summary>A package that came back, by its code: scanned, typed from print, or on a photo.</summary>
public sealed class ReturnPackage(ICodes codes, IPractice practice) : Slice
{
    [HttpPost("/referrals/packages/return")]
    [Needs("referrals.referral.send")]
    public async Task<IActionResult> Post(string? code, IFormFile? photo, CancellationToken ct)
    {
        try
        {
            await using var content = photo?.OpenReadStream() ?? Stream.Null;
            code = photo is null ? code : await codes.ReadAsync(content, photo.FileName, ct);
        }
        catch (FileRefusedException refused)
        {
            Refuse("photo", refused.Message);
            return Invalid(code);
        }

        var package = Gs1.Parse(code, WallTime.Today(Clock, practice.Zone));
        if (package.Error is { } sentence)
        {
            Refuse("code", sentence);
            return Invalid(code);
        }

        return Done("/referrals/packages", $"Lot {package.Lot} of {package.Gtin} is back.");
    }
}
// end
