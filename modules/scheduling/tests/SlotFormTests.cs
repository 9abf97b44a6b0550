using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Enabling;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Scheduling;

/// <summary>Fields of another module in the form of the desk: saved with the step or refused beside their field, and never one without the other.</summary>
public sealed class SlotFormTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("modular-copay-").FullName;
    private readonly Guid visit = Guid.CreateVersion7();
    private TestHost host = null!;
    private TestClient desk = null!;

    public async ValueTask InitializeAsync()
    {
        Plugins.Copy("panels", folder);
        host = await TestHost.StartAsync(options: o => o with { ModuleFolders = [Path.Combine(folder, "panels") + "/"], SlotBudget = TimeSpan.FromSeconds(5) });
        desk = await host.SignInAsync(host.North, Roles.FrontDesk);
        await using var command = host.North.Database.CreateCommand($"""
            insert into scheduling.providers (id, version, name, active) values ('{visit}', 1, 'Dr. Vale', true);
            insert into scheduling.bookability (id, provider_id, location_id) values ('{visit}', '{visit}', '{TestHost.NorthMain}');
            insert into scheduling.templates (id, provider_id, location_id, weekday, opens, closes, valid_from)
            select gen_random_uuid(), '{visit}', '{TestHost.NorthMain}', day, '09:00', '17:00', date '2026-01-01' from generate_series(0, 6) day;
            insert into scheduling.appointment_types (id, name, minutes) values ('{visit}', 'Follow-up {visit.ToString("N")[^6..]}', 20);
            insert into patients.patients (id, record_number, first_name, last_name, birth_date, sex, registered_at) values ('{visit}', 'S-1', 'Simran', 'Kaur', '1980-01-01', 'F', now());
            insert into scheduling.visits (id, patient_id, provider_id, location_id, type_id, patient_name, provider_name, type_name, kind, zone, starts_at, ends_at, held_from, held_to, booking_key, booked_at, booked_by)
            select '{visit}', '{visit}', '{visit}', '{TestHost.NorthMain}', '{visit}', 'Kaur, Simran', 'Dr. Vale', 'Follow-up', 'visit', 'America/New_York', t, t + interval '20 min', t, t + interval '20 min', '{visit}', now(), 'Paula'
            from (select now() as t) n
            """);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        desk.Dispose();
        await host.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_copay_at_the_desk_is_saved_with_the_step_or_neither_is()
    {
        var form = await desk.PageAsync(Url("check-in"));
        Assert.Equal("panels_copay-panel.Amount", form.QuerySelector("#slot-panels-copay-panel input")!.GetAttribute("name"));

        // Refused by the other module, though it had written already.
        await RefusedAsync("check-in", "900", "A copay is at most $500.", beside: true);
        // Not an amount.
        await RefusedAsync("check-in", "ten", null, beside: true);
        // A fault of the other module is contained, and says nothing of it.
        await RefusedAsync("check-in", "13", "Panels could not save its part, so nothing was saved.", beside: false);

        var taken = await desk.SubmitAsync(form, "form[action$='/check-in']", ("panels_copay-panel.Amount", "25"));
        Assert.Equal(HttpStatusCode.Redirect, taken.StatusCode);
        Assert.Equal("arrived scheduling.check-in 25.00", await StandAsync());

        await RefusedAsync("check-out", "900", "A copay is at most $500.", beside: true);
        Assert.Equal(HttpStatusCode.Redirect, (await desk.SubmitAsync(await desk.PageAsync(Url("check-out")), "form[action$='/check-out']")).StatusCode);
        Assert.Equal("checked-out scheduling.check-in 25.00", await StandAsync());
    }

    [Fact]
    public async Task A_copay_is_saved_with_the_booking_or_neither_is()
    {
        Assert.Null((await desk.PageAsync("/scheduling/appointments/book")).QuerySelector("#slot-panels-copay-panel"));
        Assert.Contains("panels_copay-panel.Amount", await (await desk.GetAsync($"/scheduling/appointments/book/fields?Patient={visit}")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var form = await desk.PageAsync($"/scheduling/appointments/book?location={TestHost.NorthMain}&patient={visit}&type={visit}");
        var tomorrow = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().DateTime).AddDays(3);
        Task<HttpResponseMessage> BookAsync(string amount, string time = "10:00", string reason = "asked for it") => desk.SubmitAsync(form, "form#book",
            ("Date", $"{tomorrow:yyyy-MM-dd}"), ("Time", time), ("Provider", $"{visit}"), ("Note", "Brings the dog"), ("OverbookReason", reason), ("panels_copay-panel.Amount", amount));

        // Refused before the panel is asked: what was typed into it stays.
        var early = await BookAsync("25", "22:00", "");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, early.StatusCode);
        Assert.Equal("25", (await TestClient.ParseAsync(await early.Content.ReadAsStringAsync())).QuerySelector("#slot-panels-copay-panel input")!.GetAttribute("value"));

        var refused = await BookAsync("900");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        var page = await TestClient.ParseAsync(await refused.Content.ReadAsStringAsync());
        Assert.Contains("A copay is at most $500.", page.QuerySelector("#slot-panels-copay-panel .field")!.TextContent);
        Assert.Equal("900", page.QuerySelector("#slot-panels-copay-panel input")!.GetAttribute("value"));
        Assert.Equal(("Brings the dog", "10:00"), (page.QuerySelector("[name=Note]")!.TextContent.Trim(), page.QuerySelector("[name=Time]")!.GetAttribute("value")![..5]));
        Assert.Equal("1 0", await CountAsync());

        Assert.Equal(HttpStatusCode.Redirect, (await BookAsync("25")).StatusCode);
        Assert.Equal("2 1", await CountAsync());
        Assert.Equal("scheduling.book 25.00 of the visit", await host.North.AskAsync<string>(
            $"select c.place || ' ' || c.amount || ' of ' || case when c.patient_id = v.patient_id then 'the visit' end from panels.copays c join scheduling.visits v on v.id = c.visit_id where v.id <> '{visit}'"));
    }

    [Fact]
    public async Task A_panel_in_the_drawer_that_the_boards_open_has_a_form_of_its_own()
    {
        var drawer = $"/scheduling/appointments/{visit}";
        var page = await desk.PageAsync(drawer);
        var form = page.QuerySelector("#slot-panels-copay-panel form")!;
        Assert.Equal($"/slots/panels/copay-panel/scheduling.visit/{visit}?visit={visit}&page={Uri.EscapeDataString(drawer)}", form.GetAttribute("action"));
        Task<HttpResponseMessage> SaveAsync(string amount) => desk.SubmitAsync(page, "#slot-panels-copay-panel form", ("panels_copay-panel.Amount", amount));

        foreach (var (amount, sentence) in new[] { ("900", "A copay is at most $500."), ("ten", "ten"), ("13", "Panels could not save its part") })
        {
            var refused = await SaveAsync(amount);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            var text = await refused.Content.ReadAsStringAsync();
            Assert.Contains(sentence, text, StringComparison.Ordinal);
            Assert.DoesNotContain("CANARY", text, StringComparison.Ordinal);
            Assert.Equal(amount, (await TestClient.ParseAsync(text)).QuerySelector("#slot-panels-copay-panel input")!.GetAttribute("value"));
        }

        Assert.Equal("booked", await StandAsync());
        var saved = await SaveAsync("25");
        Assert.Equal(drawer, saved.Headers.Location!.OriginalString);
        Assert.Equal("booked scheduling.visit 25.00", await StandAsync());
        // The page to go back to is one of this practice, or there is no form here.
        var elsewhere = $"/slots/panels/copay-panel/scheduling.visit/{visit}?visit={visit}&page={Uri.EscapeDataString("https://example.org/")}";
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(desk, page, elsewhere, ("panels_copay-panel.Amount", "25"))).StatusCode);
    }

    [Fact]
    public async Task Who_lacks_the_panel_s_permission_and_a_practice_without_the_module_have_the_form_without_it_and_what_is_posted_is_not_taken()
    {
        var form = await desk.PageAsync(Url("check-in"));
        using var nurse = await host.SignInAsync(host.North, Roles.Nurse);
        var drawer = $"/scheduling/appointments/{visit}";
        var own = (await desk.PageAsync(drawer)).QuerySelector("#slot-panels-copay-panel form")!.GetAttribute("action")!;
        foreach (var page in new[] { Url("check-in"), drawer, $"/scheduling/appointments/book?patient={visit}" })
        {
            Assert.Null((await nurse.PageAsync(page)).QuerySelector("#slot-panels-copay-panel"));
        }

        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(nurse, await nurse.PageAsync(drawer), own, ("panels_copay-panel.Amount", "25"))).StatusCode);
        await host.Services.GetRequiredService<ModuleEnabling>().DisableAsync(host.North, "panels", Actor.System("test"), default);
        Assert.Null((await desk.PageAsync(drawer)).QuerySelector("#slot-panels-copay-panel"));
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(desk, form, own, ("panels_copay-panel.Amount", "25"))).StatusCode);

        // Opened while the module was on: checked in all the same, and its field is nobody's.
        Assert.Equal(HttpStatusCode.Redirect, (await desk.SubmitAsync(form, "form[action$='/check-in']", ("panels_copay-panel.Amount", "25"))).StatusCode);
        Assert.Equal("arrived", await StandAsync());
    }

    [Fact]
    public async Task Nothing_is_taken_about_a_chart_that_is_shut()
    {
        var page = await desk.PageAsync($"/scheduling/appointments/{visit}");
        await host.North.AskAsync<int>($"update patients.patients set restricted = true where id = '{visit}' returning 1");
        host.ForgetCharts(host.North);
        using var answer = await desk.SubmitAsync(page, "#slot-panels-copay-panel form", ("panels_copay-panel.Amount", "25"));
        Assert.Equal("1 0", await CountAsync());
        Assert.StartsWith($"/patients/charts/{visit}/unlock", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Past the form that the page does not show.</summary>
    private static Task<HttpResponseMessage> PostAsync(TestClient by, IHtmlDocument page, string url, params (string Name, string Value)[] values) =>
        by.Http.PostAsync(url, new FormUrlEncodedContent(values.Append(("__RequestVerificationToken", page.QuerySelector<IHtmlInputElement>("input[name=__RequestVerificationToken]")!.Value))
            .Select(v => KeyValuePair.Create(v.Item1, v.Item2))));

    private Task<string> CountAsync() => host.North.AskAsync<string>("select (select count(*) from scheduling.visits) || ' ' || (select count(*) from panels.copays)");

    private async Task RefusedAsync(string step, string amount, string? sentence, bool beside)
    {
        var stood = await StandAsync();
        var answer = await desk.SubmitAsync(await desk.PageAsync(Url(step)), $"form[action$='/{step}']", ("panels_copay-panel.Amount", amount));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await TestClient.ParseAsync(await answer.Content.ReadAsStringAsync());
        var field = page.QuerySelector("#slot-panels-copay-panel .field")!;
        Assert.Equal(amount, field.QuerySelector("input")!.GetAttribute("value"));
        Assert.Equal(beside, field.QuerySelector(".error") is not null);
        Assert.Contains(sentence ?? "", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("CANARY", page.Body.TextContent, StringComparison.Ordinal);
        Assert.Equal(stood, await StandAsync());
    }

    private string Url(string step) => $"/scheduling/appointments/{visit}/{step}";

    private Task<string> StandAsync() => host.North.AskAsync<string>(
        $"select v.status || coalesce((select string_agg(' ' || c.place || ' ' || c.amount, '') from panels.copays c where c.visit_id = v.id), '') from scheduling.visits v where v.id = '{visit}'");
}
