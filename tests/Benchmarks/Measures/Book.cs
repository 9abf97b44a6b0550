using System.Net;
using Modular.Benchmarks.Data;
using Modular.Benchmarks.Running;
using Npgsql;
using static Modular.Benchmarks.Figures;

namespace Modular.Benchmarks.Measures;

/// <summary>
/// Booking through the form as the drawer posts it: rules, locks, exclusion constraints, change log, search row and message
/// included. Beside each, one bare insert into the same table under the same constraints, committed to disk as well.
/// </summary>
public static class Book
{
    private const int Desks = 16;

    public static async Task<IReadOnlyList<Row>> MeasureAsync(ServerProcess host, Site site, PracticeData data, Options options)
    {
        var times = options.Small ? 60 : 400;
        var began = DateTimeOffset.UtcNow;
        using var desk = await Desk.SignInAsync(host, data.Slug, "front-desk");
        var form = Desk.Hidden(await desk.TextAsync($"/scheduling/appointments/book?location={Site.Main}"));
        await using var database = site.Database(data.Database);
        try
        {
            for (var i = 0; i < 20; i++)
            {
                await BookAsync(desk, form, data, times + i);
                await InsertAsync(database, data, times + i);
            }

            var (ours, bare) = (new List<double>(), new List<double>());
            for (var i = 0; i < times; i++)
            {
                ours.AddRange(await Load.TimesAsync(1, _ => BookAsync(desk, form, data, i)));
                bare.AddRange(await Load.TimesAsync(1, _ => InsertAsync(database, data, i)));
            }

            var crowd = await CrowdAsync(host, data, form, times);
            return
            [
                new("Book a visit, p50", Ms(ours.Median()), Ms(bare.Median()), Times(ours.RatioTo(bare)), "≤ 5 ms", ours.Median() <= 5),
                new("Book a visit, p99", Ms(ours.Percentile(99)), Ms(bare.Percentile(99)), Times(ours.Percentile(99) / bare.Percentile(99))),
                new($"Book visits, {Desks} desks at once, p50 / p99", $"{Ms(crowd.Median())} / {Ms(crowd.Percentile(99))}"),
            ];
        }
        finally
        {
            // The next run books the same times again.
            await using var remove = database.CreateCommand("delete from scheduling.visits where booked_at >= $1");
            remove.Parameters.Add(new() { Value = began });
            await remove.ExecuteNonQueryAsync();
        }
    }

    /// <summary>Sixteen clerks who book one visit after the other, each at times of his own.</summary>
    private static async Task<List<double>> CrowdAsync(ServerProcess host, PracticeData data, Dictionary<string, string> form, int times)
    {
        var desks = await Desk.SignInAsync(host, data.Slug, "front-desk", Desks);
        var next = times + 20;
        var taken = await Task.WhenAll(desks.Select(async desk =>
        {
            var own = Desk.Hidden(await desk.TextAsync($"/scheduling/appointments/book?location={Site.Main}"));
            return await Load.TimesAsync(times / Desks, _ => BookAsync(desk, new(form) { ["__RequestVerificationToken"] = own["__RequestVerificationToken"] }, data, Interlocked.Increment(ref next)));
        }));
        foreach (var desk in desks)
        {
            desk.Dispose();
        }

        return [.. taken.SelectMany(t => t)];
    }

    /// <summary>A free half hour of an afternoon ahead: eight a provider and day. Odd providers work at Main Street, even ones at Lake Avenue.</summary>
    private static (int Provider, DateTimeOffset Start) Slot(PracticeData data, int number, bool odd)
    {
        var provider = number % 20 * 2 + (odd ? 1 : 2);
        var afternoon = number / 20;
        var start = Sdk.WallTime.Instant(data.Day.AddDays(2 + afternoon / 8), new TimeOnly(13, 0).AddMinutes(30 * (afternoon % 8)), Floor.FloorApp.Zone);
        return (provider, start.ToUniversalTime());
    }

    private static async Task BookAsync(Desk desk, Dictionary<string, string> form, PracticeData data, int number)
    {
        var (provider, start) = Slot(data, number, odd: true);
        var fields = new Dictionary<string, string>(form)
        {
            ["Key"] = Guid.CreateVersion7().ToString(),
            ["Location"] = Site.Main.ToString(),
            ["Patient"] = PracticeData.Patient(1 + number % data.Patients).ToString(),
            ["Type"] = PracticeData.Type(1).ToString(),
            ["Provider"] = PracticeData.Provider(provider).ToString(),
            ["Start"] = start.ToString("O"),
            ["OverlapAccepted"] = "true",
        };
        using var response = await desk.PostAsync("/scheduling/appointments/book", fields, ("HX-Request", "true"));
        if (response.StatusCode != HttpStatusCode.NoContent)
        {
            var text = await response.Content.ReadAsStringAsync();
            throw new InvalidOperationException($"Booking gave {(int)response.StatusCode}: {text[..Math.Min(2000, text.Length)]}");
        }
    }

    private static async Task InsertAsync(NpgsqlDataSource database, PracticeData data, int number)
    {
        var (provider, start) = Slot(data, number, odd: false);
        await using var command = database.CreateCommand("""
            insert into scheduling.visits (id, patient_id, provider_id, location_id, type_id, patient_name, provider_name, type_name, kind, zone,
                starts_at, ends_at, held_from, held_to, booking_key, booked_at, booked_by)
            values ($1, $2, $3, $4, $5, 'Bare, Insert', 'Provider', 'Office visit', 'visit', 'America/New_York', $6, $7, $6, $7, $8, $9, 'Dana Ruiz')
            """);
        command.Parameters.AddRange(new NpgsqlParameter[]
        {
            new() { Value = Guid.CreateVersion7() }, new() { Value = PracticeData.Patient(1 + number % data.Patients) }, new() { Value = PracticeData.Provider(provider) },
            new() { Value = Site.Lake }, new() { Value = PracticeData.Type(1) }, new() { Value = start }, new() { Value = start.AddMinutes(30) },
            new() { Value = Guid.CreateVersion7() }, new() { Value = DateTimeOffset.UtcNow },
        });
        await command.ExecuteNonQueryAsync();
    }
}
