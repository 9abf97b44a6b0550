using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Tests.Docs;

// snippet: sign
/// <summary>The patient agrees that we send their records along.</summary>
public sealed class SignConsent(ReferralsDb db, ISignatures signatures) : Slice
{
    private const string Text = "I agree that my records are sent to the specialist named above.";

    private static readonly Dictionary<string, string> Signers = new() { ["self"] = "The patient", ["parent"] = "Parent" };

    public sealed record Model(Referral Referral, SignaturePad Pad);

    [HttpPost("/referrals/{id:guid}/consent/sign")]
    [Needs("referrals.referral.send")]
    public async Task<IActionResult> Post([PatientOf<Referral>("consent")] Guid id, [Bind(Prefix = "Signature")] SignatureForm signature, CancellationToken ct)
    {
        if (await db.Referrals.FirstOrDefaultAsync(r => r.Id == id, ct) is not { } referral)
        {
            return NotFound();
        }

        var pad = new SignaturePad(signature, Signers, "en");
        foreach (var fault in signatures.Faults(pad))
        {
            Refuse(fault.Field, fault.Sentence);
        }

        if (!ModelState.IsValid)
        {
            return Invalid(new Model(referral, pad));
        }

        var text = new SignedText("Consent to send records", $"{referral.SentTo}\n{Text}", "en");
        var certificate = await signatures.SignAsync(
            new("referrals.referral.read", id, text, pad) { PatientId = referral.PatientId, LocationId = referral.LocationId }, ct);
        return Done($"/signatures/{certificate}", "The consent is signed.");
    }
}
// end
