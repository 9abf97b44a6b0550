using System.Diagnostics;
using Modular.Benchmarks.Data;
using Modular.Benchmarks.Running;
using static Modular.Benchmarks.Figures;

namespace Modular.Benchmarks.Measures;

/// <summary>
/// A disposal run over 100,000 records as people do it: found, reviewed, asked for by a manager, approved by the owner, each record judged again
/// and deleted in steps with progress, until the certificate is there.
/// </summary>
public static class Disposal
{
    private const int Wanted = 100_000;

    public static async Task<IReadOnlyList<Row>> MeasureAsync(ServerProcess host, Site site, PracticeData data, Options options)
    {
        await using var database = site.Database(data.Database);
        using var manager = await Desk.SignInAsync(host, data.Slug, "manager");
        using var owner = await Desk.SignInAsync(host, data.Slug, "owner");
        List<double> found = [], gone = [];
        // The practice's patients are looked through with the rest and stay for the other measures.
        await AskAsync("""
            insert into core.retention_holds (id, matter, reason, kind, about, held_by, held_at)
                select gen_random_uuid(), 'benchmark', 'benchmark', 'patients.patient', 'benchmark', 'benchmark', now() where $1 > 0
            """, 1);
        for (var round = 0; round < Math.Min(options.Rounds, 3); round++)
        {
            await AskAsync("""
                insert into core.approvals (id, kind, key, permission, subject, reason, link, asked_by_id, asked_by, asked_at, state, decided_by_id, decided_by, decided_at)
                    select gen_random_uuid(), 'core.benchmark', n::text, 'core.practice.manage', 'Approval ' || n, 'benchmark', '/', gen_random_uuid(), 'benchmark', t, 'approved',
                        gen_random_uuid(), 'benchmark', t
                    from generate_series(1, $1) n cross join lateral (select now() - interval '7 years' - n * interval '1 minute' t) x
                """, Wanted);
            var watch = Stopwatch.StartNew();
            using var proposed = await manager.PostAsync("/retention/propose", await TokenAsync(manager, "/retention"));
            var run = proposed.Headers.Location!.ToString();
            await UntilAsync("review");
            found.Add(watch.Elapsed.TotalSeconds);
            using var asked = await manager.PostAsync($"{run}/ask", [.. await TokenAsync(manager, run), new("Why", "Their time is over")]);
            var request = $"/approvals/{await AskAsync("select id from core.approvals where kind = 'core.disposal' and state = 'waiting' and $1 > 0", 1)}";
            watch.Restart();
            using var approved = await owner.PostAsync(request, [.. await TokenAsync(owner, request), new("does", "approve")]);
            await UntilAsync("done");
            gone.Add(watch.Elapsed.TotalSeconds);
            var left = await AskAsync("select count(*) from core.approvals where kind = 'core.benchmark' and $1 > 0", 1);
            if (left is not 0L)
            {
                throw new InvalidOperationException($"{left} of {Wanted} records are left.");
            }
        }

        await AskAsync("delete from core.retention_holds where matter = 'benchmark' and $1 > 0", 1);
        return
        [
            new($"{Wanted:N0} records disposed of after the approval, each judged again", Seconds(gone.Median())),
            new("…found and listed for the review", Seconds(found.Median())),
        ];

        static async Task<IEnumerable<KeyValuePair<string, string>>> TokenAsync(Desk desk, string page) =>
            Desk.Hidden(await desk.TextAsync(page)).Where(f => f.Key == "__RequestVerificationToken").Take(1);

        async Task UntilAsync(string state)
        {
            while (await AskAsync("select state from core.disposal_runs where $1 > 0 order by proposed_at desc limit 1", 1) as string != state)
            {
                await Task.Delay(100);
            }
        }

        async Task<object?> AskAsync(string sql, int value)
        {
            await using var command = database.CreateCommand(sql);
            command.CommandTimeout = 300;
            command.Parameters.Add(new() { Value = value });
            return await command.ExecuteScalarAsync();
        }
    }
}
