using Microsoft.EntityFrameworkCore;
using Modular.Billing.Encounters;
using Modular.Billing.Payers;
using Modular.Sdk;

namespace Modular.Billing.Claims;

/// <summary>
/// Lets claims follow their encounter, in the transaction of its step: closed charges make one for the first payer, opened ones take it back while
/// nobody outside has it, and a claim that the payer decided is replaced or voided.
/// </summary>
public sealed class EncounterClaims(BillingDb db, ClaimChecks checks, PayerRules rules)
{
    public async Task FollowAsync(Encounter encounter, DateTimeOffset now, string by, CancellationToken ct)
    {
        var claims = await db.Claims.Where(c => c.EncounterId == encounter.Id && c.Rank == 1).OrderBy(c => c.Id).ToListAsync(ct);
        var last = claims.LastOrDefault(c => c.State is not (ClaimState.Void or ClaimState.Closed));
        var first = encounter.Coverages.Find(c => c.Rank == 1);
        var wanted = encounter.State == EncounterState.Ready && first is not null;
        var stays = last is not null && wanted && last.PayerId == first!.PayerId;

        if (last is { IsUnsent: true } or { State: ClaimState.Rejected })
        {
            await LeaveBatchAsync(last, ct);
            _ = stays || encounter.IsEditable
                ? last.Correct(wanted ? "the charges were closed" : "the charges are open", now, by)
                : last.Cancel(wanted ? $"{first!.Payer} pays first now" : "nothing of it is charged", now, by);
            last = stays || encounter.IsEditable ? last : null;
            await db.SaveChangesAsync(ct); // before another takes its place: the index allows one on its way
        }
        else if (last is not null && !encounter.IsEditable)
        {
            last = await AfterSendingAsync(last, encounter, wanted && stays, now, by, ct);
        }

        if (wanted && last is null && first is not null)
        {
            last = await MakeAsync(encounter, first, null, "1", now, by, ct);
        }

        if (last is { IsUnsent: true, Frequency: not "8" } && wanted)
        {
            (last.Total, last.EntityId, last.RenderingId, last.CoverageId) = (encounter.Total, encounter.EntityId!.Value, encounter.RenderingId!.Value, first!.CoverageId);
        }

        await db.SaveChangesAsync(ct);
        if (last is { State: ClaimState.ToCheck } && wanted)
        {
            await checks.CheckAsync([last], now, by, ct);
            await db.SaveChangesAsync(ct);
        }
    }

    /// <summary>What was rejected leaves its batch, so that it may stand in another.</summary>
    public async Task LeaveBatchAsync(Claim claim, CancellationToken ct)
    {
        foreach (var row in await db.BatchClaims.Where(b => b.ClaimId == claim.Id && b.Live).ToListAsync(ct))
        {
            row.Live = false;
        }
    }

    /// <summary>The payer has it: what it decided is replaced (7) or voided (8) where it takes that, and all else waits for its answer.</summary>
    private async Task<Claim> AfterSendingAsync(Claim last, Encounter encounter, bool stays, DateTimeOffset now, string by, CancellationToken ct)
    {
        if (stays && last.Total == encounter.Total && last.State != ClaimState.Decided)
        {
            last.NoteChange("The charges were opened and closed again. When the payer has decided, correct the claim if it differs", now, by);
            return last;
        }

        if (last.State != ClaimState.Decided)
        {
            last.NoteChange($"The charges are {(stays ? Said.Money(encounter.Total) : "void")} now. When the payer has decided, a correction follows", now, by);
            return last;
        }

        var frequency = stays ? "7" : "8";
        var rule = await rules.ForAsync(last.PayerId, null, last.ServiceFrom, ct);
        if (CorrectedFrequency.Refusal(last, rule, frequency) is { } refusal)
        {
            last.NoteChange(refusal, now, by);
            return last;
        }

        last.Close(frequency == "7" ? "Replaced by a corrected claim" : "Voided by another claim", now, by);
        var coverage = new EncounterCoverage
        {
            EncounterId = encounter.Id, Rank = last.Rank, CoverageId = last.CoverageId, PayerId = last.PayerId, Payer = last.Payer, MemberId = "",
        };
        return await MakeAsync(encounter, coverage, last, frequency, now, by, ct);
    }

    private async Task<Claim> MakeAsync(Encounter e, EncounterCoverage of, Claim? replaced, string frequency, DateTimeOffset now, string by,
        CancellationToken ct)
    {
        var number = await db.Database.SqlQuery<long>($"select nextval('billing.claim_numbers') as \"Value\"").SingleAsync(ct);
        var today = DateOnly.FromDateTime(WallTime.At(now, e.Zone).DateTime);
        var last = await rules.ForAsync(of.PayerId, null, e.ServiceFrom, ct) is { } rule ? FilingLimit.LastDay(rule, e.ServiceFrom) : (DateOnly?)null;
        var claim = new Claim
        {
            Number = number.ToString(System.Globalization.CultureInfo.InvariantCulture), EncounterId = e.Id, LocationId = e.LocationId, Zone = e.Zone,
            PatientId = e.PatientId, PatientName = e.PatientName, EntityId = e.EntityId ?? replaced!.EntityId,
            RenderingId = e.RenderingId ?? replaced!.RenderingId, PayerId = of.PayerId, Payer = of.Payer, CoverageId = of.CoverageId, Rank = of.Rank,
            Frequency = frequency, ReplacesId = replaced?.Id, PayerClaimNumber = replaced?.PayerClaimNumber,
            Total = frequency == "8" ? replaced!.Total : e.Total, ServiceFrom = e.ServiceFrom, ServiceTo = e.ServiceTo, FilingLastDay = last,
            DueOn = Claim.Due(today),
        };
        claim.Begin(frequency switch
        {
            "7" => $"Corrects claim {replaced!.Number}",
            "8" => $"Voids claim {replaced!.Number}",
            _ => $"Made when the charges were closed, for {of.Payer}",
        }, now, by);
        db.Add(claim);
        return claim;
    }
}
