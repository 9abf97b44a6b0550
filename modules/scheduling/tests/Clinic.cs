using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Practices;
using Modular.Patients.Messages;
using Modular.Sdk;
using Modular.Sdk.Core;
using Modular.Tests.Harness;

namespace Modular.Tests.Scheduling;

/// <summary>The tests that share one <see cref="Clinic"/>.</summary>
[CollectionDefinition]
public sealed class AtTheClinic : ICollectionFixture<Clinic>;

/// <summary>
/// A host whose clock stands at 10 am on a Wednesday in New York, with providers, rooms and patients told by message as their
/// owners tell them. Each test books on days or with providers of its own.
/// </summary>
public sealed class Clinic : IAsyncLifetime
{
    public static readonly DateTimeOffset Now = new(2026, 6, 10, 14, 0, 0, TimeSpan.Zero);

    public TestHost Host { get; private set; } = null!;

    public Practice North => Host.North;

    /// <summary>Everything published on this host, in order, committed or not.</summary>
    public ConcurrentQueue<object> Published { get; } = new();

    public Guid FollowUp { get; private set; }

    public async ValueTask InitializeAsync()
    {
        Host = await StartAsync();
        await ReadyAsync(North);
        FollowUp = await AddTypeAsync("Follow-up", 20);
    }

    /// <summary>Another process of the same practices.</summary>
    public async Task<TestHost> SecondAsync() => await StartAsync(Host.Catalogue);

    private Task<TestHost> StartAsync(string? catalogue = null) => TestHost.StartAsync(
        builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(new ShiftedClock(Now));
            var bus = builder.Services.Last(s => s.ServiceType == typeof(IMessageBus)).ImplementationType!;
            builder.Services.AddScoped<IMessageBus>(sp => new RecordingBus((IMessageBus)ActivatorUtilities.CreateInstance(sp, bus), Published));
        },
        catalogue);

    private static async Task ReadyAsync(Practice practice) =>
        await practice.UntilAsync("select count(*) from bus.subscriptions where queue like 'scheduling.%' and alias = 'patients.patient-changed.v1'", 1L);

    public async Task<Guid> AddProviderAsync(string name, Guid? location = null, string zone = "09:00-17:00", bool rooms = false)
    {
        var id = Guid.CreateVersion7();
        await Host.PublishAsync(North, new StaffMemberChanged(id, 1, "", name, "MD", name, null, true, true));
        await North.UntilAsync($"select count(*) from scheduling.providers where id = '{id}'", 1L);
        await BookableAsync(id, location ?? TestHost.NorthMain, zone);
        return id;
    }

    public async Task BookableAsync(Guid provider, Guid location, string hours = "09:00-17:00")
    {
        var (from, to) = (hours.Split('-')[0], hours.Split('-')[1]);
        await SqlAsync($"""
            insert into scheduling.bookability (id, provider_id, location_id) values (gen_random_uuid(), '{provider}', '{location}');
            insert into scheduling.templates (id, provider_id, location_id, weekday, opens, closes, valid_from)
            select gen_random_uuid(), '{provider}', '{location}', day, '{from}', '{to}', date '2026-01-01' from generate_series(0, 6) day
            """);
    }

    public async Task<Guid> AddRoomAsync(string name, Guid location)
    {
        var id = Guid.CreateVersion7();
        await Host.PublishAsync(North, new RoomChanged(id, 1, location, name, true));
        await North.UntilAsync($"select count(*) from scheduling.rooms where id = '{id}'", 1L);
        return id;
    }

    public async Task<Guid[]> AddPatientsAsync(int count, string lastName = "Kaur")
    {
        var ids = Enumerable.Range(0, count).Select(_ => Guid.CreateVersion7()).ToArray();
        await Host.PublishAsync(North, [.. ids.Select((id, i) => (object)new PatientChanged(
            id, 1, $"R{id.ToString("N")[^8..]}", $"Simran{(char)('A' + i % 26)}", lastName, null, new DateOnly(1980, 1, 1 + i % 28), "F", "5550104471", null, false, true))]);
        await North.UntilAsync($"select count(*) from scheduling.patients where id = any('{{{string.Join(',', ids)}}}')", (long)count);
        return ids;
    }

    public async Task<Guid> AddTypeAsync(string name, int minutes, bool room = false, string overlap = "warn", string roles = "{}")
    {
        var id = Guid.CreateVersion7();
        await SqlAsync($"""
            insert into scheduling.appointment_types (id, name, minutes, needs_room, patient_overlap, booked_by_roles)
            values ('{id}', '{name} {id.ToString("N")[^6..]}', {minutes}, {room}, '{overlap}', '{roles}')
            """);
        return id;
    }

    public async Task SqlAsync(string sql)
    {
        await using var command = North.Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public Task<T> AskAsync<T>(string sql) => North.AskAsync<T>(sql);

    /// <summary>Wall time in New York as the form sends it.</summary>
    public static string At(int day, string time, int month = 6) =>
        WallTime.At(WallTime.Instant(new(2026, month, day), TimeOnly.Parse(time, CultureInfo.InvariantCulture), "America/New_York"), "America/New_York").ToString("O");

    public static (string, string)[] Form(Guid patient, Guid type, Guid? provider, string start, Guid? location = null, params (string, string)[] more) =>
    [
        ("Key", Guid.CreateVersion7().ToString()), ("Patient", $"{patient}"), ("PatientName", "x"), ("Type", $"{type}"), ("Provider", $"{provider}"),
        ("Location", $"{location ?? TestHost.NorthMain}"), ("Start", start), .. more,
    ];

    /// <summary>Books through the form; fails with the page's errors unless it is booked.</summary>
    public async Task<Guid> BookAsync(TestClient desk, params (string Name, string Value)[] values)
    {
        var page = await desk.PageAsync("/scheduling/appointments/book");
        var response = await desk.SubmitAsync(page, "form#book", values);
        Assert.True(response.StatusCode == HttpStatusCode.Redirect, await ErrorsAsync(response));
        return await AskAsync<Guid>($"select id from scheduling.visits where booking_key = '{values.First(v => v.Name == "Key").Value}'");
    }

    /// <summary>Posts a step as the day list's buttons do.</summary>
    public async Task<HttpResponseMessage> StepAsync(TestClient desk, Guid visit, string step, int? version = null, params (string Name, string Value)[] more)
    {
        version ??= await AskAsync<int>($"select version from scheduling.visits where id = '{visit}'");
        var page = await desk.PageAsync($"/scheduling/appointments/{visit}");
        var token = ((IHtmlInputElement)page.QuerySelector("input[name=__RequestVerificationToken]")!).Value;
        return await desk.Http.PostAsync($"/scheduling/appointments/{visit}/{step}", new FormUrlEncodedContent(
            [new("__RequestVerificationToken", token), new("version", $"{version}"), .. more.Select(m => KeyValuePair.Create(m.Name, m.Value))]));
    }

    /// <summary>Posts to an address with the token of a page.</summary>
    public async Task<HttpResponseMessage> PostAsync(TestClient desk, string page, string url, params (string Name, string Value)[] values)
    {
        var shown = await desk.PageAsync(page);
        var token = ((IHtmlInputElement)shown.QuerySelector("input[name=__RequestVerificationToken]")!).Value;
        return await desk.Http.PostAsync(url, new FormUrlEncodedContent([new("__RequestVerificationToken", token), .. values.Select(v => KeyValuePair.Create(v.Name, v.Value))]));
    }

    public Task<string> StatusAsync(Guid visit) => AskAsync<string>($"select status from scheduling.visits where id = '{visit}'");

    public static async Task<string> ErrorsAsync(HttpResponseMessage response)
    {
        var page = await TestClient.ParseAsync(await response.Content.ReadAsStringAsync());
        return page.QuerySelector(".errors")?.TextContent ?? $"{(int)response.StatusCode} {page.Body?.TextContent}";
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    private sealed class ShiftedClock(DateTimeOffset start) : TimeProvider
    {
        private readonly long began = System.GetTimestamp();

        public override DateTimeOffset GetUtcNow() => start + System.GetElapsedTime(began);
    }

    private sealed class RecordingBus(IMessageBus inner, ConcurrentQueue<object> published) : IMessageBus
    {
        public Task InvokeAsync(object message, CancellationToken ct = default) => inner.InvokeAsync(message, ct);

        public Task<T?> InvokeAsync<T>(object message, CancellationToken ct = default) where T : class => inner.InvokeAsync<T>(message, ct);

        public Task PublishAsync(object message, DeliveryOptions? options = null)
        {
            published.Enqueue(message);
            return inner.PublishAsync(message, options);
        }

        public Task SendAsync(object message, DeliveryOptions? options = null) => inner.SendAsync(message, options);

        public Task ScheduleAsync(object message, DateTimeOffset when) => inner.ScheduleAsync(message, when);
    }
}
