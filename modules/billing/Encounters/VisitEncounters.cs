using Microsoft.EntityFrameworkCore;
using Modular.Billing.Charges;
using Modular.Billing.Claims;
using Modular.Billing.Reactions;
using Modular.Patients.Messages;
using Modular.Scheduling.Messages;
using Modular.Sdk;

namespace Modular.Billing.Encounters;

/// <summary>
/// Makes an encounter of a kept visit, and lets it follow the visit: check-out taken back, checked out again, for another case. What counts is the
/// latest version of the visit, whatever order its messages come in.
/// </summary>
public sealed class VisitEncounters(BillingDb db, IMessageBus bus, IPractice practice, EncounterDefaults defaults, EncounterClaims claims)
{
    private const string By = "Scheduling";
    private const string TakenBack = "The check-out was taken back";

    /// <param name="told">What the visit was; null where only its state is told.</param>
    public async Task HearAsync(VisitState visit, VisitCompleted? told, DateTimeOffset now, CancellationToken ct)
    {
        await using var write = await db.BeginWriteAsync(ct);
        await write.LockAsync($"billing visit {visit.VisitId}", ct);
        if (await IsNewAsync(visit, told, ct))
        {
            var encounter = await db.Encounters.Include(e => e.Lines).Include(e => e.Charges).FirstOrDefaultAsync(e => e.VisitId == visit.VisitId,
                ct);
            if (visit.Status == "checked-out")
            {
                encounter ??= await MakeAsync(visit, told, now, ct);
                Keep(encounter, visit, told, now);
            }
            else if (encounter is not null && encounter.State != EncounterState.Void)
            {
                encounter.Cancel(TakenBack, now, By);
                await claims.FollowAsync(encounter, now, By, ct);
            }
        }

        await db.SaveChangesAsync(ct);
        await write.CommitAsync(ct);
    }

    private async Task<bool> IsNewAsync(VisitState visit, VisitCompleted? told, CancellationToken ct)
    {
        var heard = await db.HeardVisits.FirstOrDefaultAsync(v => v.Id == visit.VisitId, ct);
        if (heard is null)
        {
            db.Add(new HeardVisit { Id = visit.VisitId, Version = visit.Version, Completed = told is not null });
            return true;
        }

        if (heard.Version > visit.Version || (heard.Version == visit.Version && (told is null || heard.Completed)))
        {
            return false;
        }

        (heard.Version, heard.Completed) = (visit.Version, told is not null);
        return true;
    }

    /// <summary>
    /// The visit took place: its encounter is there again if it was void, is charged or not as this check-out says, and is for the visit's case
    /// unless its charges are closed.
    /// </summary>
    private static void Keep(Encounter encounter, VisitState visit, VisitCompleted? told, DateTimeOffset now)
    {
        var noCharge = Reading.Clean(told?.NoChargeReason) is { } said ? said[..Math.Min(said.Length, 200)] : null;
        if ((encounter.State == EncounterState.Void && encounter.EndReason == TakenBack)
            || (told is not null && encounter.State == EncounterState.NoCharge && encounter.EndReason != noCharge))
        {
            encounter.Reopen("The visit was checked out again", now, By);
        }

        if (encounter.IsEditable)
        {
            encounter.For(visit.CaseId, now, By);
        }

        if (noCharge is not null && encounter.State == EncounterState.Open)
        {
            encounter.Waive(noCharge, now, By);
        }
    }

    private async Task<Encounter> MakeAsync(VisitState visit, VisitCompleted? told, DateTimeOffset now, CancellationToken ct)
    {
        var zone = practice.Locations.FirstOrDefault(l => l.Id == visit.LocationId)?.Zone ?? practice.Zone;
        var day = told?.ServiceDate ?? DateOnly.FromDateTime(WallTime.At(visit.Start, zone).DateTime);
        var patient = await Known.Patients.FindAsync(db, bus, visit.PatientId, ct);
        var what = Reading.Clean(told?.WhatItWas) ?? visit.Type;
        var encounter = new Encounter
        {
            LocationId = visit.LocationId, Zone = zone, PatientId = visit.PatientId, VisitId = visit.VisitId, Source = "visit", ServiceFrom = day,
            ServiceTo = day,
            PatientName = patient?.Name ?? "Not known yet", // follows with the patient's own message
            What = what.Length > 300 ? what[..300] : what, DueOn = Encounter.Due(day),
            PlaceOfService = visit.Telehealth ? PlacesOfService.TelehealthAtHome : PlacesOfService.Office,
            EntityId = await defaults.EntityAsync(visit.LocationId, ct),
        };
        encounter.By(visit.ProviderId, visit.ProviderName);
        encounter.Begin(visit.CaseId, $"Visit kept: {what}", now, By);
        db.Add(encounter);
        return encounter;
    }
}
