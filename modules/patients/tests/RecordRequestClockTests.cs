using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Modular.Patients.RecordRequests;
using Modular.Sdk;
using Modular.Tests.Bus;
using Modular.Tests.Harness;

namespace Modular.Tests.Patients;

/// <summary>45 CFR 164.524(b)(2): a request for records is answered in 30 days, once 30 more are taken with a written reason.</summary>
public sealed class RecordRequestClockTests(SharedHost shared)
{
    private static readonly DateOnly Born = new(1980, 3, 4);

    private TestHost Host => shared.Host;

    [Fact]
    public async Task The_page_and_the_inbox_say_how_long_there_is()
    {
        await using var rows = new PatientRows(Host);
        var patient = await rows.AddAsync(PatientRows.Tag(), "Nora", Born);
        using var desk = await Host.SignInAsync(Host.North, Roles.FrontDesk);
        var today = WallTime.Today(Host.Services.GetRequiredService<TimeProvider>(), Host.North.Zone);
        var request = await TakeAsync(rows, desk, patient.Id, today.AddDays(-10));

        var tag = (await desk.PageAsync($"/patients/privacy/{patient.Id}")).QuerySelector("#requests .tag.info")!;
        var due = await Host.North.AskAsync<DateTime>($"select due from core.tasks where entity_id = '{request.Id}'");

        Assert.Equal("20 days left", tag.TextContent.Trim());
        Assert.Contains("(45 CFR 164.524(b)(2))", tag.GetAttribute("title"), StringComparison.Ordinal);
        Assert.Equal(WallTime.Instant(today.AddDays(20), new(17, 0), Host.North.Zone).UtcDateTime, due);
    }

    [Fact]
    public async Task More_days_are_taken_with_a_reason_while_the_first_ones_run()
    {
        await using var rows = new PatientRows(Host);
        var patient = await rows.AddAsync(PatientRows.Tag(), "Nora", Born);
        using var desk = await Host.SignInAsync(Host.North, Roles.FrontDesk);
        var today = WallTime.Today(Host.Services.GetRequiredService<TimeProvider>(), Host.North.Zone);
        var early = await TakeAsync(rows, desk, patient.Id, today.AddDays(-30));
        var late = await TakeAsync(rows, desk, patient.Id, today.AddDays(-31));

        var taken = await SaveAsync(desk, early, ("Form.ExtendedBecause", "The archive is off-site"));
        var refused = await SaveAsync(desk, late, ("Form.ExtendedBecause", "The archive is off-site"));

        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.UnprocessableEntity), (taken.StatusCode, refused.StatusCode));
        Assert.Contains("can no longer be extended", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(today.AddDays(30), (await rows.Db.RecordRequests.AsNoTracking().SingleAsync(r => r.Id == early.Id)).Clock.DueOn);
        Assert.Contains("clock_due_on", await Host.North.AskAsync<string>($"""
            select string_agg(v.body::text, ' ') from audit.entries e join audit.entry_values v on v.entry_id = e.id
            where e.row_id = '{early.Id}' and e.what = 'changed'
            """), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_that_was_extended_may_be_changed_later_and_one_that_is_closed_has_stopped()
    {
        await using var rows = new PatientRows(Host);
        var patient = await rows.AddAsync(PatientRows.Tag(), "Nora", Born);
        using var desk = await Host.SignInAsync(Host.North, Roles.FrontDesk);
        var today = WallTime.Today(Host.Services.GetRequiredService<TimeProvider>(), Host.North.Zone);
        var clock = DeadlineClock.Start(RecordRequest.Answer, today.AddDays(-50));
        Assert.Null(clock.Extend(RecordRequest.Answer, today.AddDays(-40), "The archive is off-site"));
        var request = new RecordRequest
        {
            PatientId = patient.Id, Patient = patient.FullName, Requester = "Obi Law", Authority = "law", Scope = "2025",
            ReceivedOn = today.AddDays(-50), Clock = clock,
        };
        rows.Db.Add(request);
        await rows.Db.SaveChangesAsync();

        Assert.Equal(HttpStatusCode.Redirect, (await SaveAsync(desk, request, ("Form.Scope", "2024 and 2025"))).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await SaveAsync(desk, request, ("Form.Status", "sent"))).StatusCode);

        var saved = (await rows.Db.RecordRequests.AsNoTracking().SingleAsync(r => r.Id == request.Id)).Clock;
        Assert.Equal((today.AddDays(10), today, "The archive is off-site"), (saved.DueOn, saved.StoppedOn, saved.ExtendedBecause));
    }

    private static async Task<RecordRequest> TakeAsync(PatientRows rows, TestClient desk, Guid patient, DateOnly received)
    {
        var page = await desk.PageAsync($"/patients/record-requests/{patient}/add");
        await desk.SubmitAsync(page, "form[action*='record-requests']",
            ("Form.Requester", $"Obi Law {received:MMdd}"), ("Form.Scope", "2025"), ("Form.ReceivedOn", Said.ShortDay(received)));
        return await rows.Db.RecordRequests.AsNoTracking().SingleAsync(r => r.PatientId == patient && r.ReceivedOn == received);
    }

    private static async Task<HttpResponseMessage> SaveAsync(TestClient desk, RecordRequest request, params (string, string)[] typed)
    {
        var page = await desk.PageAsync($"/patients/record-requests/{request.PatientId}/{request.Id}/edit");
        return await desk.SubmitAsync(page, "form[action*='record-requests']", typed);
    }
}
