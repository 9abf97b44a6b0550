using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Messages;
using Modular.Referrals.Reactions;
using Modular.Referrals.Referrals;
using Modular.Sdk;

namespace Modular.Referrals.Letters;

/// <summary>The letter to the specialist, to print or as a PDF: who, why, who pays, and how the patient wishes to be reached.</summary>
public sealed class Letter(ReferralDesk desk, IMessageBus bus, IPractice practice, ILetters letters) : Slice
{
    public static readonly LetterKind Kind = new("referrals.referral-letter", "Referral letter",
    [
        LetterField.Text("practice", "Name of the practice", "Harbor Family Practice"),
        LetterField.Text("place.name", "Name of the location", "Main Street", mayBeEmpty: true),
        LetterField.Text("place.address", "Address of the location", "12 Main Street, Springfield, MA 01101", mayBeEmpty: true),
        LetterField.Text("place.phone", "Phone of the location", "5550104400", mayBeEmpty: true),
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
        await desk.OpenAsync(id, ct) is { } r
            ? Page(new Model(id, await letters.WriteAsync(Kind, language, await ValuesAsync(r, ct), ct)))
            : NotFound();

    private async Task<Dictionary<string, object?>> ValuesAsync(Referral r, CancellationToken ct)
    {
        var (db, today) = (desk.Db, WallTime.Today(Clock, r.Zone));
        // How the specialist may call or write to the patient is the patient's wish, and only their owner knows it (45 CFR 164.522(b)).
        // While the patients module is off, what is known here stands in.
        var reach = await bus.InvokeAsync<ReachFound>(new FindReach([r.PatientId], today), ct) is { Patients: [var found, ..] } ? found : null;
        var specialist = await db.Specialists.AsNoTracking().FirstAsync(s => s.Id == r.SpecialistId, ct);
        var patient = await db.Patients.AsNoTracking().FirstOrDefaultAsync(p => p.Id == r.PatientId, ct);
        var coverage = await db.Coverages.AsNoTracking().FirstOrDefaultAsync(c => c.Id == r.CoverageId, ct);
        var injury = await db.Cases.AsNoTracking().FirstOrDefaultAsync(c => c.Id == r.CaseId, ct);
        var place = practice.Locations.FirstOrDefault(l => l.Id == r.LocationId);
        return new()
        {
            ["practice"] = practice.Name,
            ["place.name"] = place?.Name,
            ["place.address"] = place?.Address,
            ["place.phone"] = place?.Phone,
            ["today"] = today,
            ["specialist.name"] = specialist.Name,
            ["specialist.organization"] = specialist.Organization,
            ["specialist.address"] = specialist.Address,
            ["specialist.fax"] = specialist.Fax,
            ["urgency"] = r.Urgency,
            ["specialty"] = r.Specialty,
            ["patient.name"] = reach?.Name ?? patient?.ReadName ?? r.PatientName,
            ["patient.born"] = patient?.BirthDate,
            ["patient.sex"] = patient?.Sex,
            ["patient.phone"] = reach is null ? patient?.Phone : reach.Phone,
            ["patient.address"] = Address(reach),
            ["patient.confidential"] = reach?.Confidential == true,
            ["patient.number"] = patient?.RecordNumber,
            ["coverage.payer"] = coverage?.Payer,
            ["coverage.plan"] = coverage?.Plan,
            ["coverage.member"] = coverage?.MemberId,
            ["injury.title"] = injury?.Title,
            ["injury.claim"] = injury?.ClaimNumber,
            ["authorization.number"] = r.AuthorizationNumber,
            ["authorization.until"] = r.AuthorizationUntil,
            ["authorization.visits"] = r.AuthorizationVisits,
            ["authorization.not_needed"] = r.Authorization == PlanAnswer.None,
            ["reason"] = r.Reason,
            ["due"] = r.DueOn ?? r.WrittenOn,
            ["signer.name"] = r.AskedBy ?? practice.Name,
            ["signer.npi"] = await db.Providers.AsNoTracking().Where(p => p.Id == r.AskedById).Select(p => p.Npi).FirstOrDefaultAsync(ct),
        };
    }

    private static string? Address(PatientReach? reach) => reach?.Address is null ? null : string.Join(", ",
        new[] { reach.CareOf, reach.Address, reach.Address2, $"{reach.City}, {reach.State} {reach.Zip}" }.Where(x => !string.IsNullOrWhiteSpace(x)));
}
