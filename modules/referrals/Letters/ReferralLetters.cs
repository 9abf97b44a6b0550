using Microsoft.EntityFrameworkCore;
using Modular.Patients.Messages;
using Modular.Referrals.Reactions;
using Modular.Referrals.Referrals;
using Modular.Sdk;

namespace Modular.Referrals.Letters;

/// <summary>What letters to specialists say of referrals.</summary>
public sealed class ReferralLetters(ReferralsDb db, IMessageBus bus, IPractice practice, TimeProvider clock) : ILetterSource
{
    public async Task<IReadOnlyList<Guid>> LatestAsync(CancellationToken ct) =>
        await db.Referrals.AsNoTracking().OrderByDescending(r => r.WrittenOn).ThenByDescending(r => r.Id).Select(r => r.Id).Take(20).ToListAsync(ct);

    public async Task<IReadOnlyList<LetterRecord>> FindAsync(IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var referrals = await db.Referrals.AsNoTracking().Where(r => ids.Contains(r.Id)).ToListAsync(ct);
        Guid[] who = [.. referrals.Select(r => r.PatientId).Distinct()];
        // How the specialist may call or write to the patient is the patient's wish, and only their owner knows it (45 CFR 164.522(b)).
        // While the patients module is off, what is known here stands in.
        var reach = (who.Length == 0 ? null : await bus.InvokeAsync<ReachFound>(new FindReach(who, WallTime.Today(clock, practice.Zone)), ct))
            ?.Patients.ToDictionary(p => p.PatientId) ?? [];
        var patients = await db.Patients.AsNoTracking().Where(p => who.Contains(p.Id)).ToDictionaryAsync(p => p.Id, ct);
        var (specialist, coverage, injury, asker) = (
            Ids(referrals, r => r.SpecialistId), Ids(referrals, r => r.CoverageId), Ids(referrals, r => r.CaseId), Ids(referrals, r => r.AskedById));
        var specialists = await db.Specialists.AsNoTracking().Where(s => specialist.Contains(s.Id)).ToDictionaryAsync(s => s.Id, ct);
        var coverages = await db.Coverages.AsNoTracking().Where(c => coverage.Contains(c.Id)).ToDictionaryAsync(c => c.Id, ct);
        var cases = await db.Cases.AsNoTracking().Where(c => injury.Contains(c.Id)).ToDictionaryAsync(c => c.Id, ct);
        var askers = await db.Providers.AsNoTracking().Where(p => asker.Contains(p.Id)).ToDictionaryAsync(p => p.Id, ct);
        return
        [
            .. referrals.Select(r => new LetterRecord(r.Id, Values(
                r, specialists[r.SpecialistId], patients.GetValueOrDefault(r.PatientId), reach.GetValueOrDefault(r.PatientId),
                Of(coverages, r.CoverageId), Of(cases, r.CaseId), Of(askers, r.AskedById)))
            {
                Label = $"{r.PatientName}, {r.SpecialistName}", PatientId = r.PatientId, LocationId = r.LocationId,
            }),
        ];
    }

    private Dictionary<string, object?> Values(
        Referral r, Specialists.Specialist specialist, KnownPatient? patient, PatientReach? reach, KnownCoverage? coverage, KnownCase? injury,
        Modular.Sdk.Core.KnownStaffMember? asker) => new()
        {
            ["today"] = WallTime.Today(clock, r.Zone),
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
            ["signer.npi"] = asker?.Npi,
        };

    private static Guid[] Ids(IEnumerable<Referral> referrals, Func<Referral, Guid?> id) => [.. referrals.Select(id).OfType<Guid>().Distinct()];

    private static T? Of<T>(Dictionary<Guid, T> known, Guid? id) where T : class => id is { } one ? known.GetValueOrDefault(one) : null;

    private static string? Address(PatientReach? reach) => reach?.Address is null ? null : string.Join(", ",
        new[] { reach.CareOf, reach.Address, reach.Address2, $"{reach.City}, {reach.State} {reach.Zip}" }.Where(x => !string.IsNullOrWhiteSpace(x)));
}
