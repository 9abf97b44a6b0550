using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Enabling;
using Modular.Host.Installed;
using Modular.Patients.Messages;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Referrals;

/// <summary>A practice that works with patients for a year and turns referrals on then, on two hosts, while work goes on.</summary>
public sealed class EnabledLateTests
{
    private const int Many = 1200;
    private static readonly Actor Manager = Actor.System("manager");

    [Fact]
    public async Task Referrals_turned_on_a_year_later_knows_every_patient_as_they_are_now()
    {
        await using var first = await StartAsync();
        await using var second = await StartAsync(first.Catalogue);
        await TurnOffAsync(first);
        await RegisterAsync(first);
        Assert.Equal(0L, await first.North.AskAsync<long>("select count(*) from referrals.patients"));

        await first.Services.GetRequiredService<ModuleEnabling>().EnableAsync(first.North, "referrals", new DateOnly(2025, 1, 1), Manager, default);
        // Work goes on at both hosts: names change while the pages of patients are replayed.
        for (var n = 1; n <= 40; n++)
        {
            await (n % 2 == 0 ? first : second).PublishAsync(n % 2 == 0 ? first.North : second.North, await RenameAsync(first, n));
        }

        await first.North.UntilAsync("select state from core.modules where module = 'referrals'", "on", seconds: 60);
        await first.North.UntilAsync("select count(*) from referrals.patients", (long)Many, seconds: 60);
        await first.North.UntilAsync("select count(*) from referrals.patients where name like 'Married%'", 40L, seconds: 60);
        await SameAsync(first);
        await UntilAsync(() => second.North.Snapshot.ModuleStates["referrals"] == "on");
        using var desk = await second.SignInAsync(second.North, Roles.FrontDesk);
        Assert.Contains("Married7", (await (await desk.GetAsync("/referrals/referrals/patients?patientName=Married7")).Content.ReadAsStringAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Turned_off_it_parks_what_comes_and_turned_on_again_it_catches_up_with_what_it_missed()
    {
        await using var host = await StartAsync();
        await RegisterAsync(host);
        await host.PublishAsync(host.North, [.. await NowAsync(host, "true")]);
        await host.North.UntilAsync("select count(*) from referrals.patients", (long)Many, seconds: 60);

        // On its way when the module is turned off: it waits. What is said while it is off is not written down for it at all.
        var waits = new OutgoingMessage(await RenameAsync(host, 1), new(ScheduledAt: TimeProvider.System.GetUtcNow().AddHours(1)));
        await host.PublishAsync(host.North, waits);
        await TurnOffAsync(host);
        Assert.Equal(1L, await host.North.AskAsync<long>("select count(*) from bus.inbox where module = 'referrals' and status = 'parked'"));
        await RunAsync(host, "update bus.parked set execution_time = now() where module = 'referrals'");
        await host.PublishAsync(host.North, await RenameAsync(host, 2));
        await RunAsync(host, "insert into patients.patients (id, record_number, first_name, last_name, birth_date, sex, registered_at) values (gen_random_uuid(), 'L-1', 'Late', 'Comer', '1990-01-01', 'F', now())");

        await host.Services.GetRequiredService<ModuleEnabling>().EnableAsync(host.North, "referrals", null, Manager, default);

        await host.North.UntilAsync("select state from core.modules where module = 'referrals'", "on", seconds: 60);
        await host.North.UntilAsync("select count(*) from bus.inbox where module = 'referrals' and status in ('incoming', 'scheduled', 'parked')", 0L, seconds: 60);
        Assert.Equal(Many + 1L, await host.North.AskAsync<long>("select count(*) from referrals.patients"));
        Assert.Equal(2L, await host.North.AskAsync<long>("select count(*) from referrals.patients where name like 'Married%'"));
        await SameAsync(host);
    }

    [Fact]
    public async Task From_a_date_it_takes_over_what_the_page_says_and_the_rest_when_it_changes_or_is_asked_for()
    {
        await using var host = await StartAsync();
        await TurnOffAsync(host);
        await RunAsync(host, OldAndNew);
        await RenameAsync(host, 2);
        using var manager = await host.SignInAsync(host.North, Roles.Manager);
        var page = await manager.PageAsync("/admin/modules/enable/referrals");
        Assert.Equal(["Cases that are open or were closed since", "Coverage that runs on that day or later", "Patients who were registered or changed since", "All staff"],
            page.QuerySelectorAll("form.form li").Select(li => li.TextContent).OrderBy(words => words.StartsWith("All", StringComparison.Ordinal)).ThenBy(words => words));

        await manager.SubmitAsync(page, "form.form", ("Form.From", "t-30"));

        await host.North.UntilAsync("select state from core.modules where module = 'referrals'", "on", seconds: 60);
        Assert.Equal("Last4, First4; Married2, First2", await NamesAsync(host));
        Assert.Equal("HERE", await host.North.AskAsync<string>("select string_agg(member_id, ' ' order by member_id) from referrals.coverages"));
        Assert.Equal("Fall", await host.North.AskAsync<string>("select string_agg(title, ' ' order by title) from referrals.cases"));

        await host.PublishAsync(host.North, await RenameAsync(host, 3));
        await host.North.UntilAsync("select count(*) from referrals.patients", 3L);
        var chart = await host.North.AskAsync<Guid>("select id from patients.patients where record_number = 'Y-1'");
        var form = await manager.PageAsync($"/referrals/referrals/write?patient={chart}");
        Assert.Equal("Last1, First1", form.QuerySelector("input[name=PatientName]")!.GetAttribute("value"));
        Assert.Equal("Last1, First1; Last4, First4; Married2, First2; Married3, First3", await NamesAsync(host));
    }

    /// <summary>Three patients registered years ago and one of yesterday; of the first, coverage and cases that ended and that run on.</summary>
    private const string OldAndNew = """
        insert into patients.patients (id, record_number, first_name, last_name, birth_date, sex, registered_at)
        select gen_random_uuid(), 'Y-' || n, 'First' || n, 'Last' || n, '1950-01-01', 'F', now() - case when n < 4 then interval '3 years' else interval '1 day' end from generate_series(1, 4) n;
        insert into patients.payers (id, name) values (gen_random_uuid(), 'Harbor Health');
        insert into patients.coverages (id, patient_id, payer_id, rank, member_id, relationship, effective_from, effective_to)
        select gen_random_uuid(), p.id, y.id, 1, c.member, 'self', c.since, c.until from patients.patients p, patients.payers y,
            (values ('GONE', date '2020-01-01', date '2020-12-31'), ('HERE', date '2021-01-01', null)) c (member, since, until) where p.record_number = 'Y-1';
        insert into patients.cases (id, patient_id, kind, title, accident_on, opened_on, closed_on)
        select gen_random_uuid(), p.id, 'other', c.title, '2020-01-01', '2020-01-02', c.closed from patients.patients p,
            (values ('Burn', date '2020-12-31'), ('Fall', null)) c (title, closed) where p.record_number = 'Y-1'
        """;

    private static Task<string> NamesAsync(TestHost host) => host.North.AskAsync<string>("select string_agg(name, '; ' order by name) from referrals.patients");

    [Fact]
    public async Task A_host_that_ends_in_the_middle_of_the_filling_leaves_the_rest_to_the_next()
    {
        var first = await StartAsync();
        await TurnOffAsync(first);
        await RegisterAsync(first);
        await first.Services.GetRequiredService<ModuleEnabling>().EnableAsync(first.North, "referrals", null, Manager, default);
        var catalogue = first.Catalogue;
        Assert.NotEqual("on", await first.North.AskAsync<string>("select state from core.modules where module = 'referrals'"));
        await first.DisposeAsync();

        await using var next = await StartAsync(catalogue);

        await next.North.UntilAsync("select state from core.modules where module = 'referrals'", "on", seconds: 60);
        Assert.Equal((long)Many, await next.North.AskAsync<long>("select count(*) from referrals.patients"));
        await SameAsync(next);
    }

    private static Task<TestHost> StartAsync(string? catalogue = null) => TestHost.StartAsync(builder => builder.Services.AddSingleton(BusHost.Quick), catalogue);

    private static Task TurnOffAsync(TestHost host) => host.Services.GetRequiredService<ModuleEnabling>().DisableAsync(host.North, "referrals", Manager, default);

    /// <summary>Patients of a year, as they stand in their owner's table.</summary>
    private static Task RegisterAsync(TestHost host) => RunAsync(host, $"""
        insert into patients.patients (id, record_number, first_name, last_name, birth_date, sex, registered_at)
        select gen_random_uuid(), 'Y-' || n, 'First' || n, 'Last' || n, date '1950-01-01' + n, 'F', now() - interval '1 year' + make_interval(hours => n) from generate_series(1, {Many}) n
        """);

    /// <summary>A new name in the owner's table, and the message that tells of it.</summary>
    private static async Task<PatientChanged> RenameAsync(TestHost host, int n)
    {
        await RunAsync(host, $"update patients.patients set last_name = 'Married{n}', version = version + 1 where record_number = 'Y-{n}'");
        return (await NowAsync(host, $"record_number = 'Y-{n}'")).Single();
    }

    private static async Task<List<PatientChanged>> NowAsync(TestHost host, string which)
    {
        var patients = new List<PatientChanged>();
        await using var command = host.North.Database.CreateCommand($"select id, version, record_number, first_name, last_name, birth_date, sex from patients.patients where {which}");
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            patients.Add(new(
                reader.GetGuid(0), reader.GetInt32(1), reader.GetString(2), reader.GetString(3), reader.GetString(4), null, reader.GetFieldValue<DateOnly>(5), reader.GetString(6), null, null, false, true));
        }

        return patients;
    }

    /// <summary>Whatever came first, late or twice: the copy is what the owner has.</summary>
    private static async Task SameAsync(TestHost host) => Assert.Equal(0L, await host.North.AskAsync<long>("""
        select count(*) from patients.patients p full join referrals.patients k using (id)
        where p.id is null or k.id is null or p.version <> k.version or k.name <> p.last_name || ', ' || p.first_name
        """));

    private static async Task RunAsync(TestHost host, string sql)
    {
        await using var command = host.North.Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (var i = 0; i < 600 && !condition(); i++)
        {
            await tick.WaitForNextTickAsync();
        }

        Assert.True(condition());
    }
}
