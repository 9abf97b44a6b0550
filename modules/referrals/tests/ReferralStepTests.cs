using System.Net;
using Modular.Referrals.Referrals;
using Modular.Referrals.Specialists;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Referrals;

/// <summary>The laws of a referral's steps, and what becomes of two people who take one at once.</summary>
public sealed class ReferralStepTests(SharedHost shared)
{
    private static readonly DateOnly Monday = new(2026, 6, 1);
    private const string Today = "(now() at time zone 'America/New_York')::date";
    private static readonly Moment Now = new(Monday, new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero), "Nora");

    [Fact]
    public void No_order_of_steps_leaves_the_graph_and_taken_back_they_lead_to_the_first() => StepLaws.Hold(
        ReferralSteps.All, Written, r => r.Step, r => r.Changes,
        [
            r => r.Check(PlanAnswer.None, null, null, null, Now), r => r.Check(PlanAnswer.Waiting, null, null, null, Now),
            r => r.Check(PlanAnswer.Given, "A7", Monday.AddDays(7), 3, Now), r => r.Check(PlanAnswer.Given, "A8", Monday.AddDays(-1), 3, Now),
            r => r.Send("fax", "5550104455", "Letter", Guid.NewGuid(), Now), r => r.Book(Monday, new(9, 30), null, Now),
            r => r.Book(Monday.AddDays(9), null, "phone", Now), r => r.Tell("text", Now), r => r.Miss(Now), r => r.See(Monday, Now), r => r.See(Monday.AddDays(1), Now),
            r => r.Receive(Monday, "All is well", Now), r => r.Close(Now), r => r.End(true, "No new patients", Now), r => r.End(false, "Patient asked", Now),
            r => r.Give(new(Guid.NewGuid(), Now.By), Now.By, Now.At),
        ],
        r => r.TakeBack(Now, out _));

    [Fact]
    public async Task Of_two_at_once_one_is_taken_and_the_other_is_told_what_the_referral_is_now()
    {
        var row = await PlantAsync();
        using var one = await shared.Host.SignInAsync(shared.Host.North, Roles.Nurse);
        using var two = await shared.Host.SignInAsync(shared.Host.North, Roles.Nurse);

        var answers = await Task.WhenAll(PostAsync(one, row, "check"), PostAsync(two, row, "check"));

        Assert.Equal([HttpStatusCode.Redirect, HttpStatusCode.UnprocessableEntity], answers.Select(a => a.StatusCode).Order());
        var late = await TestClient.ParseAsync(await answers.Single(a => a.StatusCode == HttpStatusCode.UnprocessableEntity).Content.ReadAsStringAsync());
        Assert.Contains("Somebody changed this referral meanwhile: it is “coverage checked” now. Nothing of yours was saved", late.QuerySelector(".errors")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(1L, await shared.Host.North.AskAsync<long>($"select count(*) from referrals.referral_steps where row_id = '{row}' and step = 'check' and from_state = 'written' and to_state = 'checked'"));
    }

    [Fact]
    public async Task Who_ended_it_takes_it_back_and_who_may_not_end_it_does_not()
    {
        var row = await PlantAsync();
        using var provider = await shared.Host.SignInAsync(shared.Host.North, Roles.Provider);
        using var biller = await shared.Host.SignInAsync(shared.Host.North, Roles.Biller);
        Assert.Equal(HttpStatusCode.Redirect, (await PostAsync(provider, row, "end", ("Ended", "canceled"), ("Reason", "Patient asked"))).StatusCode);

        Assert.Contains("Your roles do not include the step “end” of a referral.", await UndoAsync(biller, row), StringComparison.Ordinal);
        Assert.Contains("written again.", await UndoAsync(provider, row), StringComparison.Ordinal);

        Assert.Equal("written", await shared.Host.North.AskAsync<string>($"select step from referrals.referrals where id = '{row}' and end_reason is null and ended_on is null and due_on is not null"));
    }

    [Fact]
    public async Task It_is_taken_given_and_given_back_as_work_of_the_desk_until_the_reply_is_here()
    {
        var row = await PlantAsync();
        await shared.Host.North.AskAsync<int>($"update referrals.referrals set written_on = {Today}, due_on = {Today} + 14 where id = '{row}' returning 1");
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);
        using var biller = await shared.Host.SignInAsync(shared.Host.North, Roles.Biller);
        var (me, nurse) = ((await shared.Host.People.EnsureAsync(shared.Host.North, Roles.FrontDesk)).Id, (await shared.Host.People.EnsureAsync(shared.Host.North, Roles.Nurse)).Id);

        Assert.Equal(HttpStatusCode.NotFound, (await QueueAsync(biller, row, "take")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await PostAsync(desk, row, "check")).StatusCode);
        Assert.Equal(("", "front-desk", "Send Vale, Ada's referral to Dr. New"), await TaskAsync(row));
        Assert.Contains("The coverage is checked and the letter was not sent", (await desk.PageAsync($"/referrals/referrals/{row}")).QuerySelector(".queue-row")!.TextContent, StringComparison.Ordinal);
        await QueueAsync(desk, row, "take");
        Assert.Equal($"{me}", (await TaskAsync(row)).Whose);
        await QueueAsync(desk, row, "assign", nurse);
        Assert.Equal($"{nurse}", (await TaskAsync(row)).Whose);
        await QueueAsync(desk, row, "give-back");
        Assert.Equal("", (await TaskAsync(row)).Whose);
        var history = (await desk.PageAsync($"/referrals/referrals/{row}")).Body!.TextContent;
        Assert.Contains("looks after it", history, StringComparison.Ordinal);
        Assert.Contains("Given back to the front desk", history, StringComparison.Ordinal);

        // Sent, it waits for others: in nobody's inbox but the owner's.
        Assert.Equal(HttpStatusCode.Redirect, (await PostAsync(desk, row, "send", ("How", "phone"), ("What", "Letter"))).StatusCode);
        Assert.Equal(0L, await shared.Host.North.AskAsync<long>($"select count(*) from core.tasks where entity_id = '{row}' and role is not null"));
        await QueueAsync(desk, row, "take");
        Assert.Equal($"{me}", (await TaskAsync(row)).Whose);
        Assert.Equal(HttpStatusCode.Redirect, (await PostAsync(desk, row, "reply", ("On", await shared.Host.North.AskAsync<string>($"select {Today}::text")), ("Summary", "All is well"))).StatusCode);
        Assert.Equal(0L, await shared.Host.North.AskAsync<long>($"select count(*) from core.tasks where entity_id = '{row}' and kind = 'referral'"));
    }

    private async Task<HttpResponseMessage> QueueAsync(TestClient person, Guid row, string act, Guid? to = null)
    {
        var token = (await person.PageAsync("/account")).QuerySelector("meta[name=request-token]")!.GetAttribute("content")!;
        return await person.Http.PostAsync($"/queues/referrals.referral/{act}", new FormUrlEncodedContent(
            [new("__RequestVerificationToken", token), new("id", $"{row}"), new("to", $"{to}")]));
    }

    private async Task<(string Whose, string Role, string Title)> TaskAsync(Guid row) => (
        await shared.Host.North.AskAsync<string>($"select coalesce(assignee_id::text, '') from core.tasks where entity_id = '{row}' and kind = 'referral'"),
        await shared.Host.North.AskAsync<string>($"select coalesce(role, '') from core.tasks where entity_id = '{row}' and kind = 'referral'"),
        await shared.Host.North.AskAsync<string>($"select title from core.tasks where entity_id = '{row}' and kind = 'referral'"));

    private async Task<string> UndoAsync(TestClient person, Guid row)
    {
        await PostAsync(person, row, "undo");
        return (await person.PageAsync($"/referrals/referrals/{row}")).Body!.TextContent;
    }

    private async Task<HttpResponseMessage> PostAsync(TestClient person, Guid row, string step, params (string Name, string Value)[] more)
    {
        var page = await person.PageAsync($"/referrals/referrals/{row}");
        var token = page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        var version = await shared.Host.North.AskAsync<int>($"select version from referrals.referrals where id = '{row}'");
        return await person.Http.PostAsync($"/referrals/referrals/{row}/{step}", new FormUrlEncodedContent(
            [new("__RequestVerificationToken", token), new("Version", $"{version}"), new("Authorization", "none"), .. more.Select(m => KeyValuePair.Create(m.Name, m.Value))]));
    }

    private async Task<Guid> PlantAsync()
    {
        var row = Guid.CreateVersion7();
        await shared.Host.North.AskAsync<Guid>($"""
            with s as (insert into referrals.specialists (id, name) values ('{row}', 'Dr. {row:N}') returning id)
            insert into referrals.referrals (id, location_id, zone, patient_id, patient_name, specialist_id, specialist_name, reason, urgency, written_on, written_by, form_key, due_on)
            select '{row}', '{TestHost.NorthMain}', 'America/New_York', '{row}', 'Vale, Ada', s.id, 'Dr. New', 'Chest pain', 'routine', '2026-01-05', 'somebody', '{row}', '2026-01-19' from s returning id
            """);
        return row;
    }

    private static Referral Written()
    {
        var referral = new Referral
        {
            LocationId = Guid.NewGuid(), Zone = "America/New_York", PatientId = Guid.NewGuid(), PatientName = "Vale, Ada", FormKey = Guid.NewGuid(),
            WrittenOn = Monday, WrittenBy = "Nora",
        };
        referral.Set(new Specialist { Name = "Ines Marlow, MD" }, null, null, "Chest pain", Urgency.Emergency, Now);
        referral.Begin(Now);
        return referral;
    }
}
