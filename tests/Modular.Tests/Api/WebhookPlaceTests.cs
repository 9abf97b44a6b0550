using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Bus;
using Modular.Host.Contracts;
using Modular.Host.Outside;
using Modular.Host.Practices;
using Modular.Host.Programs;
using Modular.Host.Webhooks;
using Modular.Patients.Messages;
using Modular.Scheduling.Messages;
using Modular.Sdk;
using Modular.Tests.Bus;
using Modular.Tests.Harness;

namespace Modular.Tests.Api;

/// <summary>A program that may see some locations only is told of what happens there, and of nothing that does not say where it was.</summary>
public sealed class WebhookPlaceTests : IAsyncLifetime
{
    private const string Changed = "patients.patient-changed.v1";
    private const string Booked = "scheduling.appointment-booked.v1";
    private static readonly string[] Both = ["patients.patient.read", "scheduling.visit.read"];
    private readonly WebhookReceiver receiver = new();
    private TestHost host = null!;

    public async ValueTask InitializeAsync()
    {
        await receiver.StartAsync();
        host = await TestHost.StartAsync(builder =>
        {
            builder.Services.AddSingleton(BusHost.Quick);
            builder.Services.AddSingleton(new OutgoingClient(new() { MayCall = _ => true, Scheme = "http" }));
        });
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await receiver.DisposeAsync();
    }

    [Fact]
    public async Task It_is_told_of_visits_of_its_own_location_and_of_no_other()
    {
        using var api = await ApiClient.ConnectAsync(host, host.North, Both, [TestHost.NorthLake]);
        await AddAsync(api.Program.Id, Booked);
        await BookAsync(TestHost.NorthMain);
        var lake = await BookAsync(TestHost.NorthLake);

        Assert.Equal(lake, Visit(await receiver.NextAsync()));

        await host.North.UntilAsync($"select count(*) from bus.inbox where queue = '{WebhookDue.Queue}' and status = 'handled'", 2L);
        Assert.Empty(receiver.Calls);
        Assert.Equal(1L, await host.North.AskAsync<long>($"select count(*) from audit.entries where log = 'access' and person_id = '{api.Program.Id}'"));
    }

    [Fact]
    public async Task What_it_may_see_counts_when_it_is_sent_and_the_page_says_what_is_not_told_any_more()
    {
        using var api = await ApiClient.ConnectAsync(host, host.North, Both);
        await AddAsync(api.Program.Id, Booked, Changed);
        await InScopeAsync<ProgramAdmin>(async admin =>
            await admin.ChangeAsync((await admin.FindAsync(api.Program.Id, default))!, new("Lake only", null, Both, [TestHost.NorthLake], 100), default));
        await BookAsync(TestHost.NorthMain);
        await host.PublishAsync(host.North, new PatientChanged(Guid.CreateVersion7(), 1, "W1", "Ana", "Quillon", null, new(1980, 2, 3), "F", null, null, false, true));
        var lake = await BookAsync(TestHost.NorthLake);

        Assert.Equal(lake, Visit(await receiver.NextAsync()));
        await host.North.UntilAsync($"select count(*) from bus.inbox where queue = '{WebhookDue.Queue}' and status = 'handled'", 3L);
        Assert.Empty(receiver.Calls);
        using var manager = await host.SignInAsync(host.North, Roles.Manager);
        Assert.Contains($"Not told any more of {Changed}:", (await manager.PageAsync($"/admin/programs/webhooks/{api.Program.Id}")).Body!.TextContent);
    }

    [Fact]
    public async Task A_message_of_no_location_is_not_offered_and_refused_with_the_reason()
    {
        using var api = await ApiClient.ConnectAsync(host, host.North, Both, [TestHost.NorthLake]);
        using var manager = await host.SignInAsync(host.North, Roles.Manager);
        var page = await manager.PageAsync($"/admin/programs/webhooks/{api.Program.Id}");

        Assert.Contains("Only of what happens at Lakeside.", page.Body!.TextContent);
        Assert.Contains("Not offered, because they are of no location: patients.case-changed.v1,", page.Body.TextContent);
        Assert.NotNull(page.QuerySelector($"input[value='{Booked}']"));
        Assert.Null(page.QuerySelector($"input[value='{Changed}']"));
        using var forged = await manager.SubmitAsync(page, "form#webhook", ("Form.Url", receiver.Url), ("Form.Aliases", Changed));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, forged.StatusCode);
        Assert.Contains($"{Changed} is of no location, and this program may see some locations only.", await forged.Content.ReadAsStringAsync());
        Assert.Equal(0L, await host.North.AskAsync<long>("select count(*) from core.webhooks"));
    }

    [Fact]
    public async Task Nobody_sends_a_program_what_happens_where_they_do_not_work()
    {
        using var api = await ApiClient.ConnectAsync(host, host.North, Both);
        using var lake = await host.SignInAsync(host.North, Roles.Manager, [TestHost.NorthLake]);

        using var near = await ApiClient.ConnectAsync(host, host.North, Both, [TestHost.NorthLake]);
        Assert.Null((await lake.PageAsync($"/admin/programs/webhooks/{api.Program.Id}")).QuerySelector("form#webhook"));
        // The form of a program that works where they do, bent towards the other.
        var page = await lake.PageAsync($"/admin/programs/webhooks/{near.Program.Id}");
        page.QuerySelector("form#webhook")!.SetAttribute("action", $"/admin/programs/webhooks/{api.Program.Id}");

        using var refused = await lake.SubmitAsync(page, "form#webhook", ("Form.Url", receiver.Url), ("Form.Aliases", Booked));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("works at locations at which you do not", await refused.Content.ReadAsStringAsync());
    }

    [Fact]
    public void Every_location_that_a_message_names_is_in_the_message_as_it_is_sent()
    {
        var contracts = host.Services.GetRequiredService<MessageContracts>();
        var placed = contracts.All.Where(c => c.Location is not null).ToList();

        Assert.InRange(placed.Count, 12, 500);
        Assert.All(placed, c => Assert.NotNull(MessageIds.Location(JsonSerializer.SerializeToElement(contracts.Example(c)), c.Location!)));
    }

    [Fact]
    public void A_location_that_is_no_id_of_the_message_is_a_fault_of_the_module()
    {
        Assert.Null(MessageIds.Fault([typeof(AppointmentBooked), typeof(PatientChanged)]));
        Assert.Equal("Its message seats.moved.v1 names Seat.Row as its location, which is no id of it.", MessageIds.Fault([typeof(SeatMoved)]));
        Assert.Equal("Its message seats.gone.v1 names Place as its location, which is no id of it.", MessageIds.Fault([typeof(SeatGone)]));
    }

    [Fact]
    public void Every_message_that_may_leave_names_its_patients_and_they_are_in_it_as_it_is_sent()
    {
        var contracts = host.Services.GetRequiredService<MessageContracts>();
        var leaving = contracts.All.Where(c => c.Needs is not null).ToList();

        Assert.InRange(leaving.Count, 15, 500);
        Assert.All(leaving, c => Assert.Equal(c.Patients.Count, c.Patients.Count(path =>
            MessageIds.Patients(JsonSerializer.SerializeToElement(contracts.Example(c)), [path]).Length == 1)));
        Assert.Equal(["KeptId", "GoneId"], leaving.Single(c => c.Alias == "patients.patients-merged.v1").Patients);
    }

    [Fact]
    public void A_message_that_may_leave_without_saying_which_patients_it_is_about_is_a_fault_of_the_module()
    {
        Assert.Equal("Its message seats.taken.v1 may leave the practice and must say which patients it is about: Patients = [nameof(PatientId)], or [] for none.",
            MessageIds.Fault([typeof(SeatTaken)]));
        Assert.Equal("Its message seats.named.v1 names a patient in Sitters.PatientId; Patients must say so.", MessageIds.Fault([typeof(SeatNamed)]));
        Assert.Equal("Its message seats.swapped.v1 names a patient in Second.PatientId; Patients must say so.", MessageIds.Fault([typeof(SeatsSwapped)]));
        Assert.Equal("Its message seats.lost.v1 names Seat.Owner as its patient, which is no id of it.", MessageIds.Fault([typeof(SeatLost)]));
        Assert.Null(MessageIds.Fault([typeof(SeatsGiven)]));
    }

    [Fact]
    public void Patients_are_found_inside_lists_and_each_once()
    {
        var (first, second) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var message = JsonSerializer.SerializeToElement(new SeatsGiven([new(first), new(second), new(first)], [second]), JsonSerializerOptions.Web);

        Assert.Equal([first, second], MessageIds.Patients(message, ["Sitters.PatientId", "Waiting"]));
        Assert.Empty(MessageIds.Patients(message, []));
    }

    [Theory]
    [InlineData("""{"visit":{"locationId":null}}""")]
    [InlineData("""{"visit":"x"}""")]
    [InlineData("""{"locationId":"01980000-0000-7000-8000-0000b2c7a7d2"}""")]
    [InlineData("[]")]
    public void A_message_that_names_no_location_is_of_none(string message) =>
        Assert.Null(MessageIds.Location(JsonDocument.Parse(message).RootElement, "Visit.LocationId"));

    private static Guid Visit(WebhookCall call) => JsonDocument.Parse(call.Body).RootElement.GetProperty("data").GetProperty("visit").GetProperty("visitId").GetGuid();

    private Task AddAsync(Guid program, params string[] aliases) => InScopeAsync<ProgramAdmin>(async admin =>
    {
        var found = (await admin.FindAsync(program, default))!;
        await InScopeAsync<WebhookAdmin>(hooks => hooks.AddAsync(found, receiver.Url, aliases, default));
    });

    private async Task<Guid> BookAsync(Guid location)
    {
        var id = Guid.CreateVersion7();
        await host.PublishAsync(host.North, new AppointmentBooked(
            new(id, 1, Guid.CreateVersion7(), Guid.CreateVersion7(), "Dr. Elm", location, null, "Follow-up", new(2026, 11, 23, 14, 30, 0, TimeSpan.Zero), 20, "booked")));
        return id;
    }

    private async Task InScopeAsync<T>(Func<T, Task> step)
        where T : notnull
    {
        await using var scope = host.Services.OpenScope(host.North, Actor.System("test"));
        await step(scope.ServiceProvider.GetRequiredService<T>());
    }

    public sealed record Seat(Guid Id, string Row);

    public sealed record Sitter(Guid PatientId);

    [Message("seats.taken.v1", Needs = "seats.seat.read")]
    public sealed record SeatTaken(Seat Seat);

    [Message("seats.named.v1", Needs = "seats.seat.read", Patients = [])]
    public sealed record SeatNamed(IReadOnlyList<Sitter> Sitters);

    [Message("seats.swapped.v1", Needs = "seats.seat.read", Patients = ["First.PatientId"])]
    public sealed record SeatsSwapped(Sitter First, Sitter Second);

    [Message("seats.lost.v1", Needs = "seats.seat.read", Patients = ["Seat.Owner"])]
    public sealed record SeatLost(Seat Seat);

    [Message("seats.given.v1", Needs = "seats.seat.read", Patients = ["Sitters.PatientId", nameof(Waiting)])]
    public sealed record SeatsGiven(IReadOnlyList<Sitter> Sitters, IReadOnlyList<Guid> Waiting);

    [Message("seats.moved.v1", Needs = "seats.seat.read", Location = "Seat.Row", Patients = [])]
    public sealed record SeatMoved(Seat Seat);

    [Message("seats.gone.v1", Needs = "seats.seat.read", Location = "Place", Patients = [])]
    public sealed record SeatGone(Seat Seat);
}
