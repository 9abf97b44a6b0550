using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Indicators;
using Modular.Host.Practices;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Scheduling;

/// <summary>Hours booked, visits missed and waits of a day that is over, from its visits.</summary>
[Collection<AtTheClinic>]
public sealed class VisitIndicatorTests(Clinic clinic)
{
    [Fact]
    public async Task A_day_of_a_provider_has_its_booked_minutes_missed_visits_and_waits_and_follows_a_late_correction()
    {
        var provider = await clinic.AddProviderAsync("Dr. Counted", zone: "09:00-11:00");
        await VisitAsync(provider, "09:00", "checked-out", waited: 4);
        await VisitAsync(provider, "09:30", "checked-out", waited: 12);
        await VisitAsync(provider, "10:00", "no-show");
        await VisitAsync(provider, "10:30", "canceled");

        await CountAsync();

        Assert.Equal("90.000000 of 120.000000", await ValueAsync("scheduling.utilization", provider));
        Assert.Equal("1.000000 of 3.000000", await ValueAsync("scheduling.no-shows", provider));
        Assert.Equal("16.000000 of 2.000000", await ValueAsync("scheduling.waits", provider));
        Assert.Equal(2L, await clinic.AskAsync<long>(
            $"select count(*) from core.indicator_values where indicator = 'scheduling.waits' and grain = 'day' and provider_id = '{provider}'"));

        await clinic.SqlAsync(
            $"update scheduling.visits set status = 'canceled', reason = 'Called before' where provider_id = '{provider}' and status = 'no-show'");
        await CountAsync();

        Assert.Equal("0.000000 of 2.000000", await ValueAsync("scheduling.no-shows", provider));
        Assert.Equal("60.000000 of 120.000000", await ValueAsync("scheduling.utilization", provider));
    }

    private Task VisitAsync(Guid provider, string at, string status, int? waited = null) => clinic.SqlAsync($"""
        insert into scheduling.visits (id, patient_id, provider_id, location_id, type_id, patient_name, provider_name,
            type_name, kind, zone, starts_at, ends_at,
            held_from, held_to, status, reason, booking_key, booked_at, booked_by, arrived_at, arrived_by,
                roomed_at, checked_out_at, checked_out_by, ended_at, ended_by)
        select gen_random_uuid(), gen_random_uuid(), '{provider}', '{TestHost.NorthMain}', '{clinic.FollowUp}',
            'Kaur, Simran', 'Dr. Counted', 'Follow-up', 'established',
            'America/New_York', t, t + interval '30 minutes', t, t + interval '30 minutes', '{status}',
                case when '{status}' = 'canceled' then 'Ill' end, gen_random_uuid(),
            t - interval '1 day', 'test', a, case when a is not null then 'test' end, a + interval '{waited ?? 0} minutes',
            case when '{status}' = 'checked-out' then t + interval '30 minutes' end, case when '{status}' = 'checked-out' then 'test' end,
            case when '{status}' in ('no-show', 'canceled') then t end, case when '{status}' in ('no-show', 'canceled') then 'test' end
        from (select timestamptz '2026-06-08 {at} America/New_York' t) x, lateral (select case when '{status}' = 'checked-out' then t end a) y
        """);

    private async Task CountAsync()
    {
        await using var scope = clinic.Host.Services.OpenScope(clinic.North, Actor.System("core"));
        await scope.ServiceProvider.GetRequiredService<IndicatorCounter>()
            .CountAsync("scheduling.visit-indicators", TestHost.NorthMain, new(2026, 6, 8), new(2026, 6, 8), default);
    }

    private Task<string> ValueAsync(string indicator, Guid provider) => clinic.AskAsync<string>($"""
        select sum(value) || ' of ' || sum(base) from core.indicator_values
        where indicator = '{indicator}' and grain = 'month' and provider_id = '{provider}'
        """);
}
