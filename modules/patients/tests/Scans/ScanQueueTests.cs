using System.Net;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Patients.Scans;

/// <summary>The inbox of scans as work that is shared out: owners, the next one, tasks.</summary>
public sealed class ScanQueueTests(SharedHost shared)
{
    [Fact]
    public async Task Documents_are_shared_out_and_nobody_is_led_on_to_what_somebody_else_has()
    {
        await using var rows = new PatientRows(shared.Host);
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);
        using var nurse = await shared.Host.SignInAsync(shared.Host.North, Roles.Nurse);
        var nurseId = (await shared.Host.People.EnsureAsync(shared.Host.North, Roles.Nurse)).Id;
        var (mine, hers) = (await desk.WaitingAsync(rows, "Ada"), await desk.WaitingAsync(rows, "Bea"));

        var list = await desk.PageAsync("/patients/scans/waiting?q=" + mine.Name);
        Assert.Contains("is in no chart yet; file it by", list.QuerySelector("tbody tr")!.TextContent, StringComparison.Ordinal);
        await ActAsync(desk, "take", mine.Id);
        await ActAsync(desk, "assign", hers.Id, nurseId);
        Assert.Contains("has this document already", await SaidAsync(desk, () => ActAsync(desk, "take", hers.Id)), StringComparison.Ordinal);

        Assert.Equal(nurseId, await rows.Db.Scans.Where(s => s.Id == hers.Id).Select(s => s.OwnerId).SingleAsync());
        Assert.Equal(1L, await shared.Host.North.AskAsync<long>(
            $"select count(*) from core.tasks where entity_id = '{hers.Id}' and assignee_id = '{nurseId}' and title = 'File {hers.Name}'"));
        Assert.Contains("Yours", (await nurse.InboxAsync(hers.Id)).QuerySelector(".queue-row")!.TextContent, StringComparison.Ordinal);
        Assert.NotEmpty((await nurse.PageAsync($"/patients/scans/waiting?owner=me&q={hers.Name}")).QuerySelectorAll("tbody tr a[href]"));

        var patient = await rows.AddAsync(PatientRows.Tag(), "Nora", new(1948, 1, 5));
        using var filed = await desk.FileAsync(await desk.InboxAsync(mine.Id), patient.Id, ("Category", "referral"), ("Dated", "6/1/2026"), ("Title", "Letter"));
        Assert.Equal(HttpStatusCode.Redirect, filed.StatusCode);
        Assert.DoesNotContain($"{hers.Id}", filed.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal(0L, await shared.Host.North.AskAsync<long>($"select count(*) from core.tasks where entity_id = '{mine.Id}'"));
    }

    [Fact]
    public async Task Both_parts_of_a_split_stay_with_who_has_it_and_who_may_not_file_sees_no_list()
    {
        await using var rows = new PatientRows(shared.Host);
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);
        var fax = await desk.WaitingAsync(rows, "Ada", "Bea");
        await ActAsync(desk, "take", fax.Id);

        await desk.ArrangeAsync(fax.Id, "split", 1);

        Assert.Single(await rows.Db.Scans.Where(s => s.ScanFileId == fax.ScanFileId).Select(s => s.OwnerId).Distinct().ToListAsync());
        using var hr = await shared.Host.SignInAsync(shared.Host.North, Roles.Hr);
        Assert.Equal(HttpStatusCode.Forbidden, (await hr.GetAsync("/patients/scans/waiting")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await ActAsync(hr, "take", fax.Id)).StatusCode);
    }

    private static async Task<HttpResponseMessage> ActAsync(TestClient by, string act, Guid scan, Guid? to = null)
    {
        var token = (await by.PageAsync("/account")).QuerySelector("meta[name=request-token]")!.GetAttribute("content")!;
        return await by.Http.PostAsync($"/queues/patients.scan/{act}", new FormUrlEncodedContent(
        [
            new("__RequestVerificationToken", token), new("id", $"{scan}"), new("to", $"{to}"),
        ]));
    }

    private static async Task<string> SaidAsync(TestClient by, Func<Task<HttpResponseMessage>> act)
    {
        using var answer = await act();
        return (await by.PageAsync("/patients/scans/waiting")).Body!.TextContent;
    }
}
