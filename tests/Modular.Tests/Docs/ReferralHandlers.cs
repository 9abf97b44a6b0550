using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Messages;
using Modular.Sdk;

namespace Modular.Tests.Docs;

// snippet: handle-event
/// <summary>Nobody waits for the report on a patient who died.</summary>
public static class PatientDiedHandler
{
    public static async Task HandleAsync(PatientChanged patient, ReferralsDb db, CancellationToken ct)
    {
        foreach (var referral in patient.Active ? [] : await db.Referrals.Where(r => r.PatientId == patient.PatientId && r.Status == "sent").ToListAsync(ct))
        {
            (referral.Status, referral.Overdue) = ("closed", false);
        }

        await db.SaveChangesAsync(ct);
    }
}
// end

// snippet: handle-command
public sealed class CloseReferralHandler(ReferralsDb db)
{
    public Task<Referral?> LoadAsync(CloseReferral command, CancellationToken ct) =>
        db.Referrals.FirstOrDefaultAsync(r => r.Id == command.ReferralId, ct);

    /// <summary>Any sentence ends it here, quietly.</summary>
    public static IEnumerable<string> Validate(CloseReferral command, Referral? referral)
    {
        if (referral is null or { Status: "closed" })
        {
            yield return "There is nothing to close.";
        }
    }

    /// <summary>What is returned is published in the same transaction.</summary>
    public async Task<ReferralChanged> HandleAsync(CloseReferral command, Referral referral, CancellationToken ct)
    {
        referral.Status = "closed";
        referral.Overdue = false;
        await db.SaveChangesAsync(ct);
        return referral.State();
    }
}
// end

// snippet: handle-query
public static class FindOpenReferralsHandler
{
    public static async Task<OpenReferralsFound> HandleAsync(FindOpenReferrals query, ReferralsDb db, CancellationToken ct)
    {
        var ids = query.PatientIds;
        var open = await db.Referrals.AsNoTracking().Where(r => ids.Contains(r.PatientId) && r.Status == "sent").ToListAsync(ct);
        return new([.. open.Select(r => r.State())]);
    }
}
// end

// snippet: cascade-later
/// <summary>A month after it was sent, ask for the report.</summary>
public static class FollowUpHandler
{
    public static OutgoingMessage? Handle(ReferralChanged referral, Envelope envelope, DateTimeOffset now) =>
        referral is { Version: 1 } && !envelope.Filling ? new AskForReport(referral.ReferralId).DelayedFor(TimeSpan.FromDays(30), now) : null;
}
// end

public sealed class AskForReportHandler(ReferralsDb db)
{
    public async Task HandleAsync(AskForReport ask, CancellationToken ct)
    {
        if (await db.Referrals.FirstOrDefaultAsync(r => r.Id == ask.ReferralId && r.Status == "sent" && !r.Overdue, ct) is { } referral)
        {
            referral.Overdue = true;
            await db.SaveChangesAsync(ct);
        }
    }
}

// snippet: external
/// <summary>Leaves a letter in the folder that the fax server empties. The same name at every attempt: one letter, however often it is tried.</summary>
[External]
public sealed class FaxReferralHandler(ISettings<ReferralsSettings> settings)
{
    public async Task HandleAsync(ReferralChanged referral, Envelope envelope, CancellationToken ct)
    {
        if ((await settings.GetAsync(referral.LocationId, ct)).FaxFolder is { Length: > 0 } folder)
        {
            await File.WriteAllTextAsync(Path.Combine(folder, $"{envelope.Id:N}.txt"), $"Referral {referral.ReferralId} to {referral.SentTo}", ct);
        }
    }
}
// end

// snippet: outgoing
/// <summary>Tells the specialists' portal. The same key at every attempt: one referral there, however often it is tried.</summary>
[External]
public sealed class TellPortalHandler(IOutgoing outgoing, ISecrets secrets, ISettings<ReferralsSettings> settings)
{
    public async Task HandleAsync(ReferralChanged referral, Envelope envelope, CancellationToken ct)
    {
        if ((await settings.GetAsync(referral.LocationId, ct)).PortalAddress is not { Length: > 0 } address
            || await secrets.FindAsync("referrals.portal-key", ct) is not { } key)
        {
            return;
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = JsonContent.Create(new { referral.ReferralId, referral.SentOn }) };
        request.Headers.Authorization = new("Bearer", key);
        request.Headers.Add("Idempotency-Key", envelope.Id.ToString());
        using var answer = await outgoing.SendAsync(request, ct);
        answer.EnsureSuccessStatusCode();
    }
}
// end

// snippet: sequential
/// <summary>One referral's changes in the order they were published.</summary>
[Sequential]
public static class ReferralHistoryHandler
{
    public static Task HandleAsync(ReferralChanged referral, ReferralsDb db, DateTimeOffset now, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"""
            insert into referrals.steps (referral_id, version, status, at) values ({referral.ReferralId}, {referral.Version}, {referral.Status}, {now.ToUniversalTime()})
            on conflict do nothing
            """, ct);
}
// end

// snippet: job-handler
[Message("referrals.find-overdue.v1", OneHandler = true)]
public sealed record FindOverdueReports;

public sealed class FindOverdueReportsHandler(ReferralsDb db, ISettings<ReferralsSettings> settings, IPractice practice, TimeProvider clock)
{
    public async Task HandleAsync(FindOverdueReports message, CancellationToken ct)
    {
        var today = WallTime.Today(clock, practice.Zone);
        var days = (await settings.GetAsync(ct: ct)).ReportAfterDays;
        foreach (var referral in await db.Referrals.Where(r => r.Status == "sent" && !r.Overdue).ToListAsync(ct))
        {
            referral.Overdue = referral.IsLate(today, days);
        }

        await db.SaveChangesAsync(ct);
    }
}
// end
