using Microsoft.AspNetCore.Mvc;
using Modular.Referrals.Referrals;
using Modular.Sdk;

namespace Modular.Referrals.Letters;

/// <summary>The letter to the specialist, to print or as a PDF: who, why, who pays, and how the patient wishes to be reached.</summary>
public sealed class Letter(ReferralLetters about, ILetters letters) : Slice
{
    public static readonly LetterKind Kind = new("referrals.referral-letter", "Referral letter",
    [
        LetterField.Date("today", "Day of the letter", new(2026, 6, 10)),
        LetterField.Text("specialist.name", "Name of the specialist", "Ines Marlow, MD"),
        LetterField.Text("specialist.organization", "Where the specialist works", "Harbor Cardiology", mayBeEmpty: true),
        LetterField.Text("specialist.address", "Address of the specialist", "4 Pier Road, Springfield, MA 01101", mayBeEmpty: true),
        LetterField.Text("specialist.fax", "Fax of the specialist", "5550104455", mayBeEmpty: true),
        LetterField.Text("urgency", "How soon: routine, urgent or emergency", "urgent"),
        LetterField.Text("specialty", "Specialty", "Cardiology", mayBeEmpty: true),
        LetterField.Text("patient.name", "Patient's name", "Ana Rivera"),
        LetterField.Date("patient.born", "Patient's date of birth", new(1948, 1, 5), mayBeEmpty: true),
        LetterField.Text("patient.sex", "Patient's sex: F, M, X or U", "F", mayBeEmpty: true),
        LetterField.Text("patient.phone", "Patient's phone", "5550104471", mayBeEmpty: true),
        LetterField.Text("patient.address", "Patient's address", "7 Elm Street, Springfield, MA 01101", mayBeEmpty: true),
        LetterField.YesNo("patient.confidential", "The patient wants to be reached in this way only", false),
        LetterField.Text("patient.number", "Record number", "10042", mayBeEmpty: true),
        LetterField.Text("coverage.payer", "Who pays; empty when the patient does", "Bay State Health", mayBeEmpty: true),
        LetterField.Text("coverage.plan", "Plan", "PPO", mayBeEmpty: true),
        LetterField.Text("coverage.member", "Member number", "XJ440012", mayBeEmpty: true),
        LetterField.Text("injury.title", "Case of an accident or injury", "Fall at work", mayBeEmpty: true),
        LetterField.Text("injury.claim", "Claim number of the case", "WC-2291", mayBeEmpty: true),
        LetterField.Text("authorization.number", "Number of the authorization", "A7340", mayBeEmpty: true),
        LetterField.Date("authorization.until", "Day until which it holds", new(2026, 8, 31), mayBeEmpty: true),
        LetterField.Number("authorization.visits", "For how many visits", 3, mayBeEmpty: true),
        LetterField.YesNo("authorization.not_needed", "The plan needs none", false),
        LetterField.Text("reason", "What is asked", "Chest pain on exertion for two weeks.\nPlease evaluate."),
        LetterField.Date("due", "Day by which the patient must be seen", new(2026, 6, 17)),
        LetterField.Text("signer.name", "Who asks", "Dr. Okafor"),
        LetterField.Text("signer.npi", "NPI of who asks", "1234567893", mayBeEmpty: true),
    ]);

    public sealed record Model(Guid ReferralId, WrittenLetter Letter);

    /// <param name="language">The reader's; English unless somebody chose another.</param>
    [HttpGet("/referrals/letters/{id:guid}")]
    [Needs(ReferralsPermissions.Read)]
    public async Task<IActionResult> Get([PatientOf<Referral>("referral")] Guid id, string? language, CancellationToken ct) =>
        await about.FindAsync([id], ct) is [var record]
            ? Page(new Model(id, await letters.WriteAsync(Kind, record with { Language = language }, ct)))
            : NotFound();
}
