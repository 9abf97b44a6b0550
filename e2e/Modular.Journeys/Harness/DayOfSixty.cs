using Modular.Host.Practices;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Journeys.Harness;

/// <summary>
/// A practice of its own in the middle of a day: three providers, twenty visits each, booked through the page. The first of Vale and two
/// each of Hart and Moss should have begun; everybody else is expected later.
/// </summary>
public sealed class DayOfSixty
{
    public const int Visits = 60;
    public const int Late = 7;
    private const int Minutes = 15;

    private static readonly (string Name, int Begun)[] Providers = [("Dr. Vale", 3), ("Dr. Hart", 2), ("Dr. Moss", 2)];

    private readonly Guid type = Guid.CreateVersion7();

    public required Practice Practice { get; init; }

    public static async Task<DayOfSixty> BookAsync(Office office, string desk)
    {
        var (practice, _) = await office.EmptyPracticeAsync("full-day");
        await office.Host.People.AddAsync(practice, desk, [Roles.FrontDesk]);
        using var client = office.Host.Client(practice);
        await TestPeople.SignInAsync(client, desk);
        var day = new DayOfSixty { Practice = practice };
        var location = await day.AskAsync<Guid>("select id from core.locations");
        await day.SetUpAsync(location);
        var next = office.Now.AddMinutes(Minutes);
        next = next.AddTicks(-(next.Ticks % TimeSpan.FromMinutes(5).Ticks));
        var page = await client.PageAsync("/scheduling/appointments/book");
        for (var i = 0; i < Visits; i++)
        {
            var (provider, begun) = (i % Providers.Length, Providers[i % Providers.Length].Begun);
            // What has begun lies an hour back, so that nobody else becomes late while the test runs.
            var start = i / Providers.Length < begun ? next.AddHours(-1).AddMinutes(i / Providers.Length * Minutes) : next.AddMinutes((i / Providers.Length - begun) * Minutes);
            var booked = await client.SubmitAsync(page, "form#book", ("Key", $"{Guid.CreateVersion7()}"), ("Patient", $"{Id(1, i)}"), ("PatientName", "x"), ("Type", $"{day.type}"),
                ("Provider", $"{Id(2, provider)}"), ("Location", $"{location}"), ("Start", start.ToString("O")));
            Assert.True(booked.StatusCode == System.Net.HttpStatusCode.Redirect, await booked.Content.ReadAsStringAsync());
        }

        return day;
    }

    /// <summary>What others own came by message once; here it stands in the tables, because it is not what the journey is about.</summary>
    private async Task SetUpAsync(Guid location)
    {
        await SqlAsync($"insert into scheduling.appointment_types (id, name, minutes) values ('{type}', 'Follow-up', {Minutes})");
        for (var i = 0; i < Providers.Length; i++)
        {
            await SqlAsync($"""
                insert into scheduling.providers (id, version, name, active) values ('{Id(2, i)}', 1, '{Providers[i].Name}', true);
                insert into scheduling.bookability (id, provider_id, location_id) values (gen_random_uuid(), '{Id(2, i)}', '{location}');
                insert into scheduling.templates (id, provider_id, location_id, weekday, opens, closes, valid_from)
                select gen_random_uuid(), '{Id(2, i)}', '{location}', day, '00:00', '23:55', date '2026-01-01' from generate_series(0, 6) day;
                insert into scheduling.rooms (id, version, location_id, name, active) values ('{Id(3, i)}', 1, '{location}', 'Room {i + 1}', true)
                """);
        }

        for (var i = 0; i < Visits; i++)
        {
            await SqlAsync($"""
                insert into patients.patients (id, record_number, first_name, last_name, birth_date, sex, registered_at)
                values ('{Id(1, i)}', 'Q{i:000}', 'Ada', 'Zqday{(char)('a' + i / 26)}{(char)('a' + i % 26)}', date '1970-01-01' + {i}, 'F', now());
                insert into scheduling.patients (id, version, record_number, name, birth_date, sex, find)
                select id, 1, record_number, last_name || ', ' || first_name, birth_date, sex, find_names from patients.patients where id = '{Id(1, i)}'
                """);
        }
    }

    public async Task<T> AskAsync<T>(string sql)
    {
        await using var command = Practice.Database.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync() ?? throw new InvalidOperationException($"Nothing: {sql}"));
    }

    private static Guid Id(int kind, int number) => Guid.Parse($"00000000-0000-7000-8000-0000{kind:0000}{number:0000}");

    private async Task SqlAsync(string sql)
    {
        await using var command = Practice.Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
