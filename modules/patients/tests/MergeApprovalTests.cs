using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Settings;
using Modular.Patients.Charts;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Patients;

/// <summary>A practice where a merge needs two people: asked for, decided by another one, carried out by the module.</summary>
public sealed class MergeApprovalTests : IAsyncLifetime
{
    private const string Merge = "form[action='/patients/merges/merge']";
    private TestHost host = null!;

    public async ValueTask InitializeAsync()
    {
        host = await TestHost.StartAsync();
        await using var scope = host.Scope(host.North);
        Assert.True(await scope.ServiceProvider.GetRequiredService<SettingsEditor>()
            .SaveAsync("patients", null, JsonNode.Parse("""{"mergeNeedsTwo":true}""")!.AsObject(), 0, default));
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_merge_waits_until_another_person_approves_it_and_is_then_done_with_both_names()
    {
        await using var rows = new PatientRows(host);
        var (kept, gone) = await PairAsync(rows);
        using var manager = await host.SignInAsync(host.North, Roles.Manager);
        using var owner = await host.SignInAsync(host.North, Roles.Owner);

        await AskAsync(manager, kept, gone);
        Assert.Equal(0L, await MergesAsync(gone));
        var request = await RequestAsync(gone);
        Assert.Contains(gone.RecordNumber, (await owner.PageAsync("/inbox")).QuerySelector("table")!.TextContent);

        var own = await manager.PageAsync(request);
        Assert.Null(own.QuerySelector("button[value=approve]"));
        Assert.Contains("You asked for this yourself", own.Body!.TextContent);
        var forced = await manager.SubmitAsync(own, $"form[action='{request}']", ("does", "approve"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, forced.StatusCode);

        await owner.SubmitAsync(await owner.PageAsync(request), $"form[action='{request}']", ("does", "approve"));

        await host.North.UntilAsync(
            $"select count(*) from core.patient_merges where gone_id = '{gone.Id}' and reason like 'same license (asked by %'", 1L);
        Assert.Contains("Approved", (await owner.PageAsync("/approvals?show=decided")).QuerySelector("table")!.TextContent);
        Assert.Equal(0L, await host.North.AskAsync<long>("select count(*) from core.tasks where kind = 'approval'"));
    }

    [Fact]
    public async Task A_rejection_needs_a_reason_and_merges_nothing_and_a_second_request_waits_for_the_first()
    {
        await using var rows = new PatientRows(host);
        var (kept, gone) = await PairAsync(rows);
        using var manager = await host.SignInAsync(host.North, Roles.Manager);
        using var owner = await host.SignInAsync(host.North, Roles.Owner);
        await AskAsync(manager, kept, gone);
        await AskAsync(owner, kept, gone);
        Assert.Contains("asked for this already", (await owner.PageAsync("/")).Body!.TextContent);
        var request = await RequestAsync(gone);

        var silent = await owner.SubmitAsync(await owner.PageAsync(request), $"form[action='{request}']", ("does", "reject"));
        Assert.Contains("Say why it is rejected", await silent.Content.ReadAsStringAsync());
        await owner.SubmitAsync(await owner.PageAsync(request), $"form[action='{request}']", ("does", "reject"), ("Note", "They are twins"));

        Assert.Equal("rejected They are twins", await host.North.AskAsync<string>(
            $"select state || ' ' || note from core.approvals where key like '%{gone.Id}'"));
        Assert.Equal(0L, await MergesAsync(gone));
    }

    [Fact]
    public async Task Whoever_stands_in_decides_for_who_is_away_but_never_what_one_of_the_two_asked_for()
    {
        await using var rows = new PatientRows(host);
        var (kept, gone) = await PairAsync(rows);
        var (kept2, gone2) = await PairAsync(rows);
        using var manager = await host.SignInAsync(host.North, Roles.Manager);
        using var owner = await host.SignInAsync(host.North, Roles.Owner);
        using var biller = await host.SignInAsync(host.North, Roles.Biller);
        await AskAsync(manager, kept, gone);
        await AskAsync(owner, kept2, gone2);
        var (first, second) = (await RequestAsync(gone), await RequestAsync(gone2));
        Assert.Equal(HttpStatusCode.NotFound, (await biller.GetAsync(first)).StatusCode);

        var standIn = (await host.People.EnsureAsync(host.North, Roles.Biller, null)).Id;
        var named = await owner.SubmitAsync(await owner.PageAsync("/approvals/away"), "form[action='/approvals/away']",
            ("Form.OtherId", $"{standIn}"), ("Form.FromDay", "t"), ("Form.ToDay", "t+7"));
        Assert.Equal(HttpStatusCode.Redirect, named.StatusCode);

        Assert.Null((await biller.PageAsync(second)).QuerySelector("button[value=approve]"));
        await biller.SubmitAsync(await biller.PageAsync(first), $"form[action='{first}']", ("does", "approve"));
        Assert.Equal("Test north.biller.all for Test north.owner.all", await host.North.AskAsync<string>(
            $"select decided_by || ' for ' || in_place_of from core.approvals where key like '%{gone.Id}'"));
    }

    [Fact]
    public async Task Of_two_people_who_decide_at_once_one_does_and_the_other_is_told_who()
    {
        await using var rows = new PatientRows(host);
        var (kept, gone) = await PairAsync(rows);
        using var manager = await host.SignInAsync(host.North, Roles.Manager);
        using var owner = await host.SignInAsync(host.North, Roles.Owner);
        using var other = await host.SignInAsync(host.North, Roles.Owner, [TestHost.NorthMain]);
        await AskAsync(manager, kept, gone);
        var request = await RequestAsync(gone);
        var pages = new[] { await owner.PageAsync(request), await other.PageAsync(request) };

        var answers = await Task.WhenAll(
            owner.SubmitAsync(pages[0], $"form[action='{request}']", ("does", "approve")),
            other.SubmitAsync(pages[1], $"form[action='{request}']", ("does", "reject"), ("Note", "Not sure")));

        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.Redirect);
        var late = answers.Single(a => a.StatusCode == HttpStatusCode.UnprocessableEntity);
        Assert.Contains("this already", await late.Content.ReadAsStringAsync());
    }

    private static async Task<(Patient Kept, Patient Gone)> PairAsync(PatientRows rows)
    {
        var last = PatientRows.Tag();
        return (await rows.AddAsync(last, "Maria", new(1948, 3, 4)), await rows.AddAsync(last, "Marie", new(1948, 3, 4)));
    }

    private static async Task AskAsync(TestClient desk, Patient kept, Patient gone) =>
        await desk.SubmitAsync(await desk.PageAsync($"/patients/merges/merge?keep={kept.Id}&gone={gone.Id}"), Merge, ("Reason", "same license"));

    private async Task<string> RequestAsync(Patient gone) =>
        $"/approvals/{await host.North.AskAsync<Guid>($"select id from core.approvals where key like '%{gone.Id}' order by asked_at desc limit 1")}";

    private Task<long> MergesAsync(Patient gone) =>
        host.North.AskAsync<long>($"select count(*) from core.patient_merges where gone_id = '{gone.Id}'");
}
