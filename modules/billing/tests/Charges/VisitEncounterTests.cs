using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Enabling;
using Modular.Patients.Messages;
using Modular.Scheduling.Messages;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Billing.Charges;

/// <summary>What becomes of a visit in billing, whatever order its messages come in.</summary>
public sealed class VisitEncounterTests(SharedHost shared)
{
    private static readonly DateTimeOffset Start = new(2026, 6, 10, 14, 0, 0, TimeSpan.Zero);
    private static readonly Guid WristCase = Guid.CreateVersion7();

    private TestHost Host => shared.Host;

    [Fact]
    public async Task A_kept_visit_makes_one_encounter_with_what_it_was_by_whom_and_where()
    {
        var visit = await VisitAsync();
        var done = Completed(visit with { Version = 4 });

        await TellAsync(visit.VisitId, done, done);

        Assert.Equal("1 open 2026-06-10 Follow-up, blood drawn 11 Dr. Vale 2026-06-13", await Host.North.AskAsync<string>($"""
            select count(*) || ' ' || min(state) || ' ' || min(service_from) || ' ' || min(what) || ' ' || min(place_of_service) || ' '
                || min(rendering) || ' ' || min(due_on)
            from billing.encounters where visit_id = '{visit.VisitId}'
            """));
    }

    [Fact]
    public async Task A_video_visit_is_at_the_patients_home_and_one_without_charge_is_closed_with_the_desks_reason()
    {
        var (video, courtesy) = (await VisitAsync() with { Telehealth = true, Version = 4 }, await VisitAsync() with { Version = 4 });

        await TellAsync(video.VisitId, Completed(video));
        await TellAsync(courtesy.VisitId, Completed(courtesy, "Courtesy"));

        Assert.Equal("10", await Host.North.AskAsync<string>($"select place_of_service from billing.encounters where visit_id = '{video.VisitId}'"));
        Assert.Equal("no-charge Courtesy", await Host.North.AskAsync<string>($"select state || ' ' || end_reason from billing.encounters where visit_id = '{courtesy.VisitId}'"));
    }

    [Fact]
    public async Task A_check_out_taken_back_voids_it_reverses_what_was_posted_and_the_next_check_out_opens_it_again()
    {
        await Billers.CodesAsync(Host);
        var visit = await VisitAsync();
        await TellAsync(visit.VisitId, Completed(visit with { Version = 4 }));
        var encounter = await Host.North.AskAsync<Guid>($"select id from billing.encounters where visit_id = '{visit.VisitId}'");
        using var biller = await Host.SignInAsync(Host.North, Roles.Biller);
        await Billers.EnterAsync(biller, encounter,
            ("Rendering", $"{visit.ProviderId}"), ("Diagnoses[0]", "Z9911"), ("Lines[0].Code", Billers.Visit), ("Does", "lock"));
        Assert.Equal("ready", await Billers.StateAsync(Host, encounter));

        await TellAsync(visit.VisitId, new StepTakenBack(visit with { Version = 5, Status = "arrived" }, "checked-out"));
        Assert.Equal("void 0.00 The check-out was taken back", await SaidAsync(visit.VisitId));

        await TellAsync(visit.VisitId, Completed(visit with { Version = 6 }));
        Assert.Equal("entered", await Billers.StateAsync(Host, encounter));
        await Billers.EnterAsync(biller, encounter, ("Does", "lock"));
        Assert.Equal(128m, await Host.North.AskAsync<decimal>($"select sum(amount) from billing.charges where encounter_id = '{encounter}'"));
        Assert.Equal(3L, await Host.North.AskAsync<long>($"select count(*) from billing.charges where encounter_id = '{encounter}'"));
    }

    /// <summary>Every story of a visit, told in every order and some of it twice, ends as it does when told in order.</summary>
    [Fact]
    public async Task Messages_of_a_visit_in_any_order_and_twice_end_as_in_order()
    {
        var stories = new Func<VisitState, object[]>[]
        {
            v => [Completed(v with { Version = 4 }), Back(v with { Version = 5 }), Completed(v with { Version = 6 })],
            v => [Completed(v with { Version = 4 }, "Courtesy"), Back(v with { Version = 5 }), Completed(v with { Version = 6 })],
            v => [Completed(v with { Version = 4 }), Back(v with { Version = 5 }), Completed(v with { Version = 6 }, "Nothing was done")],
            v => [new VisitCaseChanged(v with { Version = 3, Status = "booked", CaseId = WristCase }), Completed(v with { Version = 4,
                CaseId = WristCase }), Back(v with { Version = 5, CaseId = WristCase })],
            v => [Completed(v with { Version = 4 },
                "Courtesy"), Back(v with { Version = 5 }), new VisitCaseChanged(v with { Version = 6, Status = "arrived", CaseId = WristCase }), Completed(v with { Version = 7, CaseId = WristCase }, "Left without being seen")],
        };
        foreach (var (number, story) in stories.Index())
        {
            var inOrder = await EndAsync(story, told => told);
            for (var seed = 0; seed < 6; seed++)
            {
                var random = new Random((number * 100) + seed);
                Assert.Equal(inOrder, await EndAsync(story, told => [.. told.Concat(told.Where(_ => random.Next(2) == 0))
                    .OrderBy(_ => random.Next())]));
            }
        }
    }

    private async Task<string> EndAsync(Func<VisitState, object[]> story, Func<object[], object[]> order)
    {
        var visit = await VisitAsync();
        foreach (var message in order(story(visit)))
        {
            await TellAsync(visit.VisitId, message); // one after the other, so that the order is this one
        }

        return await Host.North.AskAsync<string>($"""
            select coalesce(max(state || ' ' || coalesce(end_reason, '') || ' ' || coalesce(case_id::text, '')),
                'none') from billing.encounters where visit_id = '{visit.VisitId}' and state <> 'void'
            """);
    }

    [Fact]
    public async Task A_merge_takes_the_encounters_along_and_renames_them()
    {
        var (kept, gone) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var encounter = await Billers.EncounterAsync(Host, gone);
        await Billers.SqlAsync(Host, $"update billing.encounters set patient_id = '{kept}' where id = '{encounter}'"); // as the host merges

        await Host.PublishAsync(Host.North, Patient(kept, 1, "Kept"));

        await Host.North.UntilAsync($"select patient_name from billing.encounters where id = '{encounter}'", "Kept, Ada");
    }

    /// <summary>A practice that works without billing for a while and turns it on: visits kept since the chosen day are there to be
    /// charged.</summary>
    [Fact]
    public async Task Billing_turned_on_late_finds_the_kept_visits_since_the_chosen_day()
    {
        await using var host = await TestHost.StartAsync(builder => builder.Services.AddSingleton(BusHost.Quick));
        var enabling = host.Services.GetRequiredService<ModuleEnabling>();
        await enabling.DisableAsync(host.North, "billing", Actor.System("manager"), default);
        await Billers.SqlAsync(host, $"""
            with patient as (insert into scheduling.patients (id, version, record_number, name, birth_date, sex, active, find) values (gen_random_uuid(), 1, 'L-77', 'Late, Ada', '1980-01-01', 'F', true, ' late') returning id),
            provider as (insert into scheduling.providers (id, version, name, active) values (gen_random_uuid(), 1, 'Dr. Late', true) returning id),
            kind as (insert into scheduling.appointment_types (id, name, minutes) values (gen_random_uuid(), 'Late visit', 20) returning id)
            insert into scheduling.visits (id, patient_id, provider_id, location_id, type_id, patient_name, provider_name, type_name, kind, zone, starts_at, ends_at, held_from, held_to, booking_key, booked_at, booked_by, status, arrived_at, checked_out_at)
            select gen_random_uuid(), patient.id, provider.id, '{TestHost.NorthMain}', kind.id, 'Late, Ada', 'Dr. Late', 'Late visit', 'visit',
                'America/New_York', at, at + interval '20 min', at, at + interval '20 min',
                gen_random_uuid(), now(), 'x', s, case when s = 'checked-out' then at end, case when s = 'checked-out' then at + interval '20 min' end
            from patient, provider, kind, (values (timestamptz '2026-03-04 15:00Z', 'checked-out'), (timestamptz '2026-05-04 15:00Z',
                'checked-out'), (timestamptz '2026-05-05 15:00Z', 'booked')) v (at, s)
            """);

        await enabling.EnableAsync(host.North, "billing", new DateOnly(2026, 5, 1), Actor.System("manager"), default);
        await host.North.UntilAsync("select state from core.modules where module = 'billing'", "on", seconds: 60);
        await host.North.UntilAsync("select count(*) from bus.inbox where module = 'billing' and status in ('incoming', 'scheduled', 'parked')",
            0L, seconds: 60);

        Assert.Equal("2026-05-04 Late visit open", await host.North.AskAsync<string>("select string_agg(service_from || ' ' || what || ' ' || state, ',') from billing.encounters"));
    }

    private Task<string> SaidAsync(Guid visit) => Host.North.AskAsync<string>($"""
        select e.state || ' ' || coalesce((select sum(amount) from billing.charges c where c.encounter_id = e.id), 0) || ' '
            || e.end_reason from billing.encounters e where visit_id = '{visit}'
        """);

    /// <summary>Tells it and waits until billing has heard it.</summary>
    private async Task TellAsync(Guid visit, params object[] messages)
    {
        await Host.PublishAsync(Host.North, messages);
        await Host.North.UntilAsync($"select count(*) from bus.inbox where module = 'billing' and body::text like '%{visit}%' and status <> 'handled'", 0L);
    }

    private async Task<VisitState> VisitAsync()
    {
        var (patient, provider) = (await Billers.PatientAsync(Host), await Billers.ProviderAsync(Host));
        return new(Guid.CreateVersion7(), 1, patient, provider, "Dr. Vale", TestHost.NorthMain, null, "Follow-up", Start, 20, "checked-out");
    }

    private static VisitCompleted Completed(VisitState visit, string? noCharge = null) =>
        new(visit, new(2026, 6, 10), Start, Start.AddMinutes(25), "Follow-up, blood drawn", noCharge);

    private static StepTakenBack Back(VisitState visit) => new(visit with { Status = "arrived" }, "checked-out");

    private static PatientChanged Patient(Guid id, int version, string last) => new(id, version,
        $"K-{id.ToString("N")[^6..]}", "Ada", last, null, new(1980, 1, 1), "F", null, null, false, true);
}
