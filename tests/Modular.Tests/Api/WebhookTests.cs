using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Bus;
using Modular.Host.Outside;
using Modular.Host.Practices;
using Modular.Host.Programs;
using Modular.Host.Rights;
using Modular.Host.Webhooks;
using Modular.Patients.Messages;
using Modular.Sdk;
using Modular.Tests.Bus;
using Modular.Tests.Harness;
using Modular.Tests.Patients;

namespace Modular.Tests.Api;

/// <summary>Programs are told of messages: signed, again when it failed, never of what they may not read, never inside, never from a copy.</summary>
public sealed class WebhookTests : IAsyncLifetime
{
    private const string Changed = "patients.patient-changed.v1";
    private readonly TestClock clock = new();
    private readonly WebhookReceiver receiver = new();
    private TestHost host = null!;

    public async ValueTask InitializeAsync()
    {
        await receiver.StartAsync();
        host = await StartAsync(clock, new() { MayCall = _ => true, Scheme = "http" });
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await receiver.DisposeAsync();
    }

    [Fact]
    public async Task A_message_arrives_signed_as_its_schema_says_and_stands_in_the_access_log()
    {
        var (webhook, secret, program) = await AddAsync();
        var patient = await ChangeAsync();

        var call = await receiver.NextAsync();

        var body = JsonDocument.Parse(call.Body).RootElement;
        Assert.Equal((Changed, host.North.Id), (body.GetProperty("type").GetString(), body.GetProperty("practice").GetGuid()));
        Assert.Equal(patient, body.GetProperty("data").GetProperty("patientId").GetGuid());
        Assert.Equal(call.Id, body.GetProperty("id").GetString());
        var (time, signature) = (long.Parse(call.Signature.Split(',')[0][2..]), call.Signature.Split(',')[1][3..]);
        Assert.Equal(WebhookDueHandler.Sign(secret, time, call.Body), signature);
        Assert.InRange(clock.GetUtcNow().ToUnixTimeSeconds() - time, 0, 60);
        await host.North.UntilAsync($"select count(*) from audit.entries where log = 'access' and person_id = '{program}' and what = 'webhook {Changed}' and '{patient}' = any(patient_ids)", 1L);
        Assert.Equal(1L, await host.North.AskAsync<long>($"select count(*) from core.webhooks where id = '{webhook}' and delivered_at is not null and failing_since is null"));
        var kept = await host.North.AskAsync<byte[]>($"select secret from core.webhooks where id = '{webhook}'");
        Assert.DoesNotContain(secret, System.Text.Encoding.UTF8.GetString(kept));
    }

    [Fact]
    public async Task What_fails_is_tried_again_under_the_same_id()
    {
        receiver.Answers.Enqueue(500);
        receiver.Answers.Enqueue(429);
        await AddAsync();
        await ChangeAsync();

        var calls = new[] { await receiver.NextAsync(), await receiver.NextAsync(), await receiver.NextAsync() };

        Assert.Single(calls.Select(c => c.Id).Distinct());
        await host.North.UntilAsync("select count(*) from core.webhooks where delivered_at is not null and failing_since is null and failure is null", 1L);
    }

    [Fact]
    public async Task What_fails_for_good_waits_among_the_failed_messages_and_goes_out_when_it_is_tried_again()
    {
        receiver.Otherwise = 503;
        await AddAsync();
        var patient = await ChangeAsync();
        await host.North.UntilAsync($"select count(*) from bus.dead_letters where queue = '{WebhookDue.Queue}'", 1L);
        Assert.Equal("It answered 503.", await host.North.AskAsync<string>("select failure from core.webhooks"));
        receiver.Forget(200);

        using var manager = await host.SignInAsync(host.North, Roles.Manager);
        var list = await manager.PageAsync($"/admin/dead-letters?queue={WebhookDue.Queue}");
        Assert.DoesNotContain("Quillon", (await manager.PageAsync(list.QuerySelector("th.main-cell a")!.GetAttribute("href")!)).Body!.TextContent);
        var letter = await host.North.AskAsync<Guid>("select letter_id from bus.dead_letters");
        await manager.SubmitAsync(list, "form[action='/admin/dead-letters/replay']", ("id", $"{letter}"));

        var call = await receiver.NextAsync();
        Assert.Equal(patient, JsonDocument.Parse(call.Body).RootElement.GetProperty("data").GetProperty("patientId").GetGuid());
    }

    [Fact]
    public async Task After_five_days_of_failure_it_is_ended_with_a_sentence_and_goes_on_when_a_person_says_so()
    {
        receiver.Otherwise = 500;
        var (webhook, _, program) = await AddAsync();
        await ChangeAsync();
        await host.North.UntilAsync($"select count(*) from bus.dead_letters where queue = '{WebhookDue.Queue}'", 1L);

        clock.Move(WebhookState.GivesUpAfter);
        await ChangeAsync();
        await host.North.UntilAsync($"select count(*) from core.webhooks where id = '{webhook}' and ended_at is not null and ended_by is null", 1L);
        using var manager = await host.SignInAsync(host.North, Roles.Manager);
        var page = await manager.PageAsync($"/admin/programs/webhooks/{program}");
        Assert.Contains("It failed for 5 days. The last time: It answered 500.", page.Body!.TextContent);
        await host.North.UntilAsync($"select count(*) from bus.dead_letters where queue = '{WebhookDue.Queue}'", 2L);
        receiver.Forget(200);
        await ChangeAsync();

        await manager.SubmitAsync(page, "form[action^='/admin/programs/webhooks/resume/']");
        var patient = await ChangeAsync();

        // What was published while it was ended is not sent later.
        var call = await receiver.NextAsync();
        Assert.Equal(patient, JsonDocument.Parse(call.Body).RootElement.GetProperty("data").GetProperty("patientId").GetGuid());
    }

    [Fact]
    public async Task A_program_is_told_of_nothing_that_it_may_not_read()
    {
        using var visits = await ApiClient.ConnectAsync(host, host.North, ["scheduling.visit.read"]);
        using var all = await ApiClient.ConnectAsync(host, host.North, ["patients.patient.read"]);

        Assert.Equal($"This program may not be told of {Changed}.", await RefusedAsync(visits.Program.Id, Changed));
        Assert.Equal("This program may not be told of patients.find-patients.v1.", await RefusedAsync(all.Program.Id, "patients.find-patients.v1"));
        Assert.Equal("Choose at least one message.", await RefusedAsync(all.Program.Id));
    }

    [Fact]
    public async Task A_program_that_lost_the_permission_or_was_cut_off_is_told_nothing_more()
    {
        var (_, _, program) = await AddAsync();
        await AdminAsync(async admin => await admin.ChangeAsync((await admin.FindAsync(program, default))!, new("Only visits", null, ["scheduling.visit.read"], null, 100), default));
        await ChangeAsync();
        await host.North.UntilAsync($"select count(*) from bus.inbox where queue = '{WebhookDue.Queue}' and status = 'handled'", 1L);
        await AdminAsync(async admin => await admin.RevokeAsync((await admin.FindAsync(program, default))!, default));
        await ChangeAsync();

        Assert.Equal(1L, await host.North.AskAsync<long>($"select count(*) from bus.inbox where queue = '{WebhookDue.Queue}'"));
        Assert.Empty(receiver.Calls);
    }

    [Fact]
    public async Task An_address_that_led_outside_when_it_was_typed_and_leads_inside_by_now_is_never_called_and_the_page_says_why()
    {
        var inside = false;
        await using var strict = await StartAsync(clock, new() { Scheme = "http", MayCall = address => !inside || PublicAddress.Is(address) });
        var (webhook, _, program) = await AddAsync(strict);
        inside = true;
        await ChangeAsync(strict);

        await strict.North.UntilAsync($"select count(*) from core.webhooks where id = '{webhook}' and failure like '%is not an address on the public internet.'", 1L);

        Assert.Empty(receiver.Calls);
        using var manager = await strict.SignInAsync(strict.North, Roles.Manager);
        Assert.Contains("is not an address on the public internet", (await manager.PageAsync($"/admin/programs/webhooks/{program}")).Body!.TextContent);
    }

    [Theory]
    [InlineData("not an address", "Type the whole address")]
    [InlineData("ftp://example.com/x", "must begin with http://")]
    [InlineData("http://name:word@example.com/", "hold no name or password")]
    public async Task An_address_that_cannot_be_called_is_refused_when_it_is_typed(string url, string sentence)
    {
        using var api = await ApiClient.ConnectAsync(host, host.North, ["patients.patient.read"]);
        using var manager = await host.SignInAsync(host.North, Roles.Manager);

        using var answer = await manager.SubmitAsync(await manager.PageAsync($"/admin/programs/webhooks/{api.Program.Id}"), "form#webhook", ("Form.Url", url), ("Form.Aliases", Changed));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(sentence, await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("http://127.0.0.1:8080/hook")]
    [InlineData("http://localhost/hook")]
    [InlineData("http://10.0.0.7/")]
    [InlineData("http://172.16.3.4/")]
    [InlineData("http://192.168.1.1/")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://[::1]/")]
    [InlineData("http://[fe80::1]/")]
    [InlineData("http://[fd00::1]/")]
    [InlineData("http://[::ffff:10.0.0.7]/")]
    [InlineData("http://2130706433/")]
    [InlineData("http://0177.0.0.1/")]
    [InlineData("http://0x7f.1/")]
    public async Task An_address_inside_is_refused_beside_its_field_when_it_is_typed(string url)
    {
        await using var strict = await StartAsync(clock, new() { Scheme = "http" });
        using var api = await ApiClient.ConnectAsync(strict, strict.North, ["patients.patient.read"]);
        using var manager = await strict.SignInAsync(strict.North, Roles.Manager);

        using var answer = await manager.SubmitAsync(await manager.PageAsync($"/admin/programs/webhooks/{api.Program.Id}"), "form#webhook", ("Form.Url", url), ("Form.Aliases", Changed));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await TestClient.ParseAsync(await answer.Content.ReadAsStringAsync());
        var said = page.QuerySelector("[name='Form.Url']")!.GetAttribute("aria-describedby")!.Split(' ').Select(id => page.GetElementById(id)?.TextContent);
        Assert.Contains(said, s => s?.Contains("is not an address on the public internet.", StringComparison.Ordinal) == true);
        Assert.Equal(0L, await strict.North.AskAsync<long>("select count(*) from core.webhooks"));
    }

    [Fact]
    public async Task Nothing_of_a_restricted_chart_leaves_and_what_was_due_when_it_was_restricted_does_not_either()
    {
        receiver.Otherwise = 500;
        await AddAsync();
        await using var rows = new PatientRows(host);
        var patient = await rows.AddAsync("Quillon", "Ana", new(1980, 2, 3));
        await ChangeAsync(id: patient.Id);
        await receiver.NextAsync();

        // Between two tries of what failed.
        patient.Restricted = true;
        await rows.Db.SaveChangesAsync();
        host.ForgetCharts(host.North);
        await ChangeAsync(id: patient.Id);
        await host.North.UntilAsync($"select count(*) from bus.inbox where queue = '{WebhookDue.Queue}' and status <> 'handled'", 0L);
        receiver.Forget(200);
        var other = await ChangeAsync();

        Assert.Contains(other.ToString(), (await receiver.NextAsync()).Body, StringComparison.Ordinal);
        Assert.Empty(receiver.Calls);
        Assert.Equal(0L, await host.North.AskAsync<long>($"select count(*) from audit.entries where what like 'webhook %' and '{patient.Id}' = any(patient_ids)"));
    }

    [Fact]
    public async Task An_address_that_hangs_keeps_neither_fifty_deliveries_of_another_nor_other_work_waiting()
    {
        await AddAsync(url: receiver.Hanging);
        await AddAsync();
        for (var i = 0; i < 10; i++)
        {
            await ChangeAsync();
        }

        // The hanging one has all the places that it gets.
        await receiver.HangsAsync(WebhookLanes.AtOnce);
        receiver.Forget(200);
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < 40; i++)
        {
            await ChangeAsync();
        }

        var calls = new List<WebhookCall>();
        while (calls.Count < 40)
        {
            calls.Add(await receiver.NextAsync());
        }

        var took = Stopwatch.GetElapsedTime(began);
        Assert.True(took < TimeSpan.FromSeconds(12), $"It took {took.TotalSeconds:0.0} s.");
        await host.North.UntilAsync("select count(*) from scheduling.patients", 50L);
        TestContext.Current.SendDiagnosticMessage($"40 deliveries beside a hanging address took {took.TotalSeconds:0.0} s");
    }

    [Fact]
    public async Task A_redirect_is_a_failure_and_is_not_followed_with_what_was_signed()
    {
        receiver.Otherwise = 302;
        await AddAsync();
        await ChangeAsync();

        await host.North.UntilAsync("select count(*) from core.webhooks where failure is not null and delivered_at is null", 1L);
    }

    [Fact]
    public async Task A_webhook_is_made_tried_and_taken_away_on_its_page()
    {
        using var api = await ApiClient.ConnectAsync(host, host.North, ["patients.patient.read"]);
        using var manager = await host.SignInAsync(host.North, Roles.Manager);
        var url = $"/admin/programs/webhooks/{api.Program.Id}";

        using var made = await manager.SubmitAsync(await manager.PageAsync(url), "form#webhook", ("Form.Url", receiver.Url), ("Form.Aliases", Changed));
        Assert.StartsWith("whs_", (await TestClient.ParseAsync(await made.Content.ReadAsStringAsync())).QuerySelector("#webhook-secret")!.TextContent);
        await manager.SubmitAsync(await manager.PageAsync(url), "form[action^='/admin/programs/webhooks/test/']");
        Assert.Equal(WebhookAdmin.TestAlias, JsonDocument.Parse((await receiver.NextAsync()).Body).RootElement.GetProperty("type").GetString());
        await manager.SubmitAsync(await manager.PageAsync(url), "form[action^='/admin/programs/webhooks/end/']");
        await ChangeAsync();

        Assert.Contains("Taken away", (await manager.PageAsync(url)).Body!.TextContent);
        Assert.Equal(1L, await host.North.AskAsync<long>($"select count(*) from bus.inbox where queue = '{WebhookDue.Queue}'"));
    }

    [Fact]
    public async Task A_restored_copy_holds_what_it_would_tell()
    {
        await AddAsync();
        await host.Services.GetRequiredService<Catalogue>().Database.CreateCommand($"update practices set outbound_held = true where id = '{host.North.Id}'").ExecuteNonQueryAsync();
        await host.Services.GetRequiredService<PracticeRegistry>().ReloadAsync(default);
        await ChangeAsync();
        await host.North.UntilAsync("select count(*) from scheduling.patients", 1L);

        using var manager = await host.SignInAsync(host.North, Roles.Manager);
        var page = await manager.PageAsync("/admin/held");
        Assert.Contains(WebhookDue.Queue, page.Body!.TextContent);
        Assert.Empty(receiver.Calls);
        await manager.SubmitAsync(page, "form[action='/admin/held/release']");

        await receiver.NextAsync();
    }

    private static Task<TestHost> StartAsync(TestClock clock, OutgoingRules rules) => TestHost.StartAsync(builder =>
    {
        builder.Services.AddSingleton(BusHost.Quick);
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddSingleton(new OutgoingClient(rules));
    });

    private async Task<(Guid Webhook, string Secret, Guid Program)> AddAsync(TestHost? at = null, string? url = null)
    {
        var target = at ?? host;
        using var api = await ApiClient.ConnectAsync(target, target.North, ["patients.patient.read"]);
        await using var scope = target.Services.OpenScope(target.North, Actor.System("test"));
        var program = (await scope.ServiceProvider.GetRequiredService<ProgramAdmin>().FindAsync(api.Program.Id, default))!;
        var (webhook, secret) = await scope.ServiceProvider.GetRequiredService<WebhookAdmin>().AddAsync(program, url ?? receiver.Url, [Changed], default);
        return (webhook.Id, secret, program.Id);
    }

    private async Task<Guid> ChangeAsync(TestHost? at = null, Guid? id = null)
    {
        id ??= Guid.CreateVersion7();
        var target = at ?? host;
        await target.PublishAsync(target.North, new PatientChanged(id.Value, 1, $"W{id.Value.ToString("N")[^8..]}", "Ana", "Quillon", null, new(1980, 2, 3), "F", null, null, false, true));
        return id.Value;
    }

    private async Task<string> RefusedAsync(Guid program, params string[] aliases)
    {
        await using var scope = host.Services.OpenScope(host.North, Actor.System("test"));
        var found = (await scope.ServiceProvider.GetRequiredService<ProgramAdmin>().FindAsync(program, default))!;
        return (await Assert.ThrowsAsync<PeopleException>(() => scope.ServiceProvider.GetRequiredService<WebhookAdmin>().AddAsync(found, receiver.Url, aliases, default))).Message;
    }

    private async Task AdminAsync(Func<ProgramAdmin, Task> step)
    {
        await using var scope = host.Services.OpenScope(host.North, Actor.System("test"));
        await step(scope.ServiceProvider.GetRequiredService<ProgramAdmin>());
    }
}
