using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Bus;
using Modular.Sdk;
using Modular.Tests.Bus;
using Modular.Tests.Harness;

namespace Modular.Tests.Api;

[Message("seats.taken.v1")]
public sealed record SeatTaken(Guid SeatId, string Row);

/// <summary>The row became a number and its letter: another shape, so another version.</summary>
[Message("seats.taken.v2")]
public sealed record SeatTakenV2(Guid SeatId, int RowNumber, string RowLetter);

public static class SeatTakenHandler
{
    public static ConcurrentBag<string> Heard { get; } = [];

    public static void Handle(SeatTaken seat) => Heard.Add($"v1 {seat.Row} {seat.SeatId}");
}

public static class SeatTakenInFullHandler
{
    public static void Handle(SeatTakenV2 seat) => SeatTakenHandler.Heard.Add($"v2 {seat.RowNumber}{seat.RowLetter} {seat.SeatId}");
}

/// <summary>Messages as contracts: the list for programs, a schema each, the office's page, and two versions beside each other.</summary>
public sealed class MessagesApiTests(SharedHost shared)
{
    [Fact]
    public async Task Every_message_is_in_the_list_and_has_a_schema_with_words_and_an_example()
    {
        using var nobody = shared.Host.Client(shared.Host.North);
        var list = await nobody.Http.GetFromJsonAsync<JsonElement>("/api/messages");
        var booked = Assert.Single(list.GetProperty("items").EnumerateArray(), m => m.GetProperty("alias").GetString() == "scheduling.appointment-booked.v1");
        var schema = await nobody.Http.GetFromJsonAsync<JsonElement>(booked.GetProperty("schema").GetString());

        Assert.Equal(("scheduling", 1, "A visit was booked.", "scheduling.visit.read"),
            (booked.GetProperty("module").GetString(), booked.GetProperty("version").GetInt32(), booked.GetProperty("description").GetString(), booked.GetProperty("webhook").GetString()));
        Assert.Equal(["visit.patientId"], booked.GetProperty("patients").EnumerateArray().Select(p => p.GetString()));
        var visit = schema.GetProperty("properties").GetProperty("visit").GetProperty("properties");
        Assert.Equal("Instant of the start; shown in the location's zone.", visit.GetProperty("start").GetProperty("description").GetString());
        Assert.Equal("booked", schema.GetProperty("examples")[0].GetProperty("visit").GetProperty("status").GetString());
        Assert.Equal("https://json-schema.org/draft/2020-12/schema", schema.GetProperty("$schema").GetString());
        using var none = await nobody.Http.GetAsync("/api/messages/scheduling.nothing.v1");
        await none.ProblemAsync(System.Net.HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_page_of_a_module_shows_each_message_with_its_fields_and_who_hears_it()
    {
        using var manager = await shared.Host.SignInAsync(shared.Host.North, Roles.Manager);
        var modules = await manager.PageAsync("/admin/modules");
        Assert.NotNull(modules.QuerySelector("a[href='/admin/modules/messages/patients']"));

        var page = await manager.PageAsync("/admin/modules/messages/patients");
        var card = page.GetElementById("patients.patient-changed.v1")!.TextContent;

        Assert.Contains("scheduling.patient-changed", card);
        Assert.Contains("recordNumber", card);
        Assert.Contains("The practice's own number, shown to people.", card);
        Assert.Contains("May be left out.", card);
        Assert.Contains("2026-11-23", card);
    }

    [Fact]
    public async Task Both_versions_of_a_message_are_handled_side_by_side()
    {
        await using var host = await TestHost.StartAsync(builder =>
        {
            var map = (HandlerMap)builder.Services.Last(s => s.ServiceType == typeof(HandlerMap)).ImplementationInstance!;
            builder.Services.AddSingleton(new HandlerMap([.. map.All, .. HandlerDiscovery.Find("core", [typeof(SeatTakenHandler), typeof(SeatTakenInFullHandler)])]));
        });
        var seat = Guid.NewGuid();

        // The owner publishes both for one major version; who has moved on and who has not each hear theirs.
        await host.PublishAsync(host.North, new SeatTaken(seat, "12F"), new SeatTakenV2(seat, 12, "F"));

        await host.North.UntilAsync("select count(*) from bus.inbox where alias like 'seats.taken.%' and status = 'handled'", 2L);
        Assert.Equal([$"v1 12F {seat}", $"v2 12F {seat}"], SeatTakenHandler.Heard.Where(h => h.EndsWith($"{seat}", StringComparison.Ordinal)).Order());
    }
}
