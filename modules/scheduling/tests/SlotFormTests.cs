using System.Net;
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
