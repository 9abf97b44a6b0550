using Microsoft.EntityFrameworkCore;
using Modular.Billing.Authorizations;
using Modular.Scheduling.Messages;
using Modular.Sdk;

namespace Modular.Billing.Eligibility;

/// <summary>Keeps the latest version of a visit, in whatever order its messages come, and counts the authorizations of its patient anew.</summary>
public sealed class KnownVisits(BillingDb db, IPractice practice, AuthorizationUses uses)
{
    public async Task HearAsync(VisitState visit, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(visit);
        await using var write = await db.BeginWriteAsync(ct);
        await uses.LockAsync(write, visit.PatientId, ct);
        var zone = practice.Locations.FirstOrDefault(l => l.Id == visit.LocationId)?.Zone ?? practice.Zone;
        var day = DateOnly.FromDateTime(WallTime.At(visit.Start, zone).DateTime);
        await db.Database.ExecuteSqlAsync($"""
            insert into billing.visits (id, version, patient_id, location_id, provider_id, provider, type, case_id, starts_at, day, status)
            values ({visit.VisitId}, {visit.Version}, {visit.PatientId}, {visit.LocationId}, {visit.ProviderId}, {visit.ProviderName},
                {visit.Type}, {visit.CaseId}, {visit.Start.ToUniversalTime()}, {day}, {visit.Status})
            on conflict (id) do update set version = excluded.version, patient_id = excluded.patient_id, location_id = excluded.location_id,
                provider_id = excluded.provider_id, provider = excluded.provider, type = excluded.type, case_id = excluded.case_id,
                starts_at = excluded.starts_at, day = excluded.day, status = excluded.status
            where visits.version < excluded.version
            """, ct);
        await uses.CountAsync(visit.PatientId, ct);
        await db.SaveChangesAsync(ct);
        await write.CommitAsync(ct);
    }
}
