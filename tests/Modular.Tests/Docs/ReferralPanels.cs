using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Tests.Docs;

// snippet: panel
/// <summary>A patient's referrals, beside the chart.</summary>
public sealed class PatientReferrals(ReferralsDb db) : ISlotPanel
{
    public async Task<PanelView?> LoadAsync(SlotContext context, CancellationToken ct)
    {
        var latest = await db.Referrals.AsNoTracking().Where(r => r.PatientId == context.Id).OrderByDescending(r => r.SentOn).Take(5).ToListAsync(ct);
        if (latest.Count == 0)
        {
            return null; // nothing here, no box
        }

        return new("Referrals", "Referrals/_PatientReferrals", latest, $"/referrals?q={Uri.EscapeDataString(latest[0].PatientName)}");
    }
}
// end

// snippet: marks
/// <summary>Marks patients of any list who wait for a specialist's report: one query for all rows.</summary>
public sealed class ReferralMarks(ReferralsDb db) : IListSlot
{
    public async Task<IReadOnlyDictionary<Guid, IReadOnlyList<Mark>>> LoadAsync(string slot, IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        var late = await db.Referrals.Where(r => ids.Contains(r.PatientId) && r.Overdue).Select(r => r.PatientId).Distinct().ToListAsync(ct);
        return late.ToDictionary(id => id, IReadOnlyList<Mark> (_) => [new("Report overdue", "warn", "clock")]);
    }
}
// end

// snippet: widget
/// <summary>Referrals that wait, on the home page.</summary>
public sealed class OpenReferrals(ReferralCounts counts) : IWidget
{
    public async Task<WidgetView?> LoadAsync(CancellationToken ct)
    {
        var open = (await counts.ByStatusAsync(ct)).Find(c => c.Status == "sent")?.Count ?? 0;
        return open == 0 ? null : new(Said.Count(open), "wait for a report", "/referrals?status=sent", open > 20 ? "warn" : "");
    }
}
// end

public static class ReferralEntries
{
    // snippet: search
    public static SearchEntry? Found(Referral referral) => referral.Status == "closed" ? null : new(
        $"{referral.PatientName} → {referral.SentTo}",
        $"Referred {Said.ShortDay(referral.SentOn)}",
        $"/referrals/referrals/{referral.Id}",
        "referrals.referral.read",
        Keywords: referral.Phone ?? "",
        LocationId: referral.LocationId,
        PatientId: referral.PatientId);
    // end

    // snippet: tasks
    public static TaskEntry? ToAskFor(Referral referral) => !referral.Overdue ? null : new(
        $"Ask {referral.SentTo} for the report on {referral.PatientName}",
        $"/referrals/referrals/{referral.Id}",
        "referrals.referral.send",
        Role: Roles.FrontDesk,
        LocationId: referral.LocationId,
        PatientId: referral.PatientId);
    // end
}

// snippet: slot-form
/// <summary>At check-in: whose report the patient brought. Saved with the check-in, or neither is.</summary>
public sealed class ReportBrought(ReferralsDb db) : ISlotForm<ReportBrought.Answer>
{
    public sealed class Answer
    {
        [StringLength(120)]
        public string? From { get; set; }
    }

    public async Task<PanelView?> LoadAsync(SlotContext context, CancellationToken ct) =>
        await db.Referrals.AnyAsync(r => r.PatientId == context.Id && r.Status == "sent", ct) ? new("Report", "Referrals/_ReportBrought", new Answer()) : null;

    public async Task<IReadOnlyList<SlotRefusal>> TakeAsync(SlotContext context, Answer typed, CancellationToken ct)
    {
        if (typed.From is null)
        {
            return [];
        }

        if (await db.Referrals.FirstOrDefaultAsync(r => r.PatientId == context.Id && r.Status == "sent" && r.SentTo == typed.From, ct) is not { } referral)
        {
            return [new(nameof(typed.From), $"No referral to {typed.From} waits for a report.")];
        }

        referral.Status = "closed";
        await db.SaveChangesAsync(ct);
        return [];
    }
}
// end
