using System.Diagnostics;
using System.Net;
using Modular.Benchmarks.Data;
using Modular.Benchmarks.Running;
using static Modular.Benchmarks.Figures;

namespace Modular.Benchmarks.Measures;

/// <summary>
/// Letters to 5,000 patients who did not come, begun at the list as a person does, until the PDF is there: found, addressed, written in the
/// practice's words, set. What it costs the front desk meanwhile is the day page's to tell.
/// </summary>
public static class Letters
{
    private const int Wanted = 5_000;

    public static async Task<IReadOnlyList<Row>> MeasureAsync(ServerProcess host, Site site, PracticeData data)
    {
        await using var database = site.Database(data.Database);
        await SqlAsync("""
            insert into scheduling.visits (id, patient_id, provider_id, location_id, type_id, patient_name, provider_name, type_name, kind, zone,
                    starts_at, ends_at, held_from, held_to, booking_key, booked_at, booked_by, status, ended_at, ended_by, overbooked, overbook_reason)
                select gen_random_uuid(), p.id, v.provider_id, v.location_id, v.type_id, p.name, v.provider_name, v.type_name, v.kind, v.zone,
                    t, t + interval '20 minutes', t, t + interval '20 minutes', gen_random_uuid(), t - interval '9 days', 'benchmark', 'no-show', t, 'benchmark', true, 'benchmark'
                from (select *, row_number() over () n from scheduling.patients limit 1000) p
                    cross join generate_series(1, $1 / 1000) times
                    cross join (select * from scheduling.visits limit 1) v
                    cross join lateral (select now() - interval '1 day' - times * interval '1 hour' t) x
            """, Wanted);
        try
        {
            using var desk = await Desk.SignInAsync(host, data.Slug, "front-desk");
            const string list = "/scheduling/no-shows?since=7";
            var form = Desk.Hidden(await desk.TextAsync(list)).Where(f => f.Key == "__RequestVerificationToken");
            var watch = Stopwatch.StartNew();
            using var begun = await desk.PostAsync("/scheduling/no-shows/write?since=7", form);
            var taken = watch.Elapsed;
            var merge = begun.StatusCode == HttpStatusCode.Redirect && begun.Headers.Location!.ToString() is var page && page.StartsWith("/mail-merge/", StringComparison.Ordinal)
                ? page : throw new InvalidOperationException($"Writing letters gave {(int)begun.StatusCode} {begun.Headers.Location}.");
            while (await AskAsync("select ended_at is null from core.mail_merges where id = $1") is true)
            {
                await Task.Delay(100);
            }

            var all = watch.Elapsed;
            var (letters, bytes) = ((int)(await AskAsync("select cardinality(about) from core.mail_merges where id = $1"))!, await desk.GetAsync(merge + "/pdf"));
            return
            [
                new($"{letters:N0} letters as one PDF of {bytes / 1_048_576.0:0.0} MB", Seconds(all.TotalSeconds)),
                new("…until they were begun", Seconds(taken.TotalSeconds)),
            ];

            async Task<object?> AskAsync(string sql)
            {
                await using var command = database.CreateCommand(sql);
                command.Parameters.Add(new() { Value = Guid.Parse(merge.Split('/')[^1]) });
                return await command.ExecuteScalarAsync();
            }
        }
        finally
        {
            await SqlAsync("delete from scheduling.visits where booked_by = 'benchmark' and $1 > 0", 1);
        }

        async Task SqlAsync(string sql, int value)
        {
            await using var command = database.CreateCommand(sql);
            command.Parameters.Add(new() { Value = value });
            await command.ExecuteNonQueryAsync();
        }
    }
}
