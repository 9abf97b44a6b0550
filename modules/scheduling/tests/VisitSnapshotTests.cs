using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Modular.Scheduling;
using Modular.Scheduling.Panels;
using Modular.Sdk;
using Modular.Tests.Harness;
using Npgsql;

namespace Modular.Tests.Scheduling;

/// <summary>What a module that is turned on late is told of visits.</summary>
public sealed class VisitSnapshotTests(SharedHost shared)
{
    [Fact]
    public async Task From_a_date_it_is_told_of_visits_on_that_day_of_the_practice_or_later()
    {
        var id = Guid.CreateVersion7();
        await using var scope = shared.Host.Scope(shared.Host.North);
        var work = scope.ServiceProvider.GetRequiredService<IWork>();
        await using var db = new SchedulingDb(new ModuleDbContext<SchedulingDb>(
            new DbContextOptionsBuilder<SchedulingDb>().UseNpgsql(work.Connection).Options, DataScope.Everything, work, "scheduling"));
        await PlantAsync(shared.Host.North.Database, id);

        // Half past eleven in the evening before and half past midnight, both on March 4 in UTC.
        Assert.Equal(["00:30", "09:00"], await TimesAsync(new(2031, 3, 4)));
        Assert.Equal(["00:30", "09:00", "23:30"], await TimesAsync(null));

        async Task<List<string>> TimesAsync(DateOnly? from)
        {
            var (snapshot, times, after) = (new VisitSnapshot(db, scope.ServiceProvider.GetRequiredService<IPractice>()), new List<string>(), (Guid?)null);
            while (await snapshot.PageAsync(after, from, 50, default) is { Count: > 0 } page)
            {
                times.AddRange(page.Where(row => row.Message.Visit.PatientId == id).Select(row => WallTime.At(row.Message.Visit.Start, "America/New_York").ToString("HH:mm")));
                after = page[^1].Key;
            }

            return [.. times.Order(StringComparer.Ordinal)];
        }
    }

    private static async Task PlantAsync(NpgsqlDataSource database, Guid id)
    {
        await using var command = database.CreateCommand("""
            with known as (
                insert into scheduling.patients (id, version, record_number, name, birth_date, sex, active, find) values ($1, 1, $2, 'Known, Late', '1980-01-01', 'F', true, ' late') returning id),
            provider as (insert into scheduling.providers (id, version, name, active) values ($1, 1, $2, true) returning id),
            kind as (insert into scheduling.appointment_types (id, name, minutes) values ($1, $2, 20) returning id)
            insert into scheduling.visits (id, patient_id, provider_id, location_id, type_id, patient_name, provider_name, type_name, kind, zone,
                                           starts_at, ends_at, held_from, held_to, booking_key, booked_at, booked_by)
            select gen_random_uuid(), known.id, provider.id, $3, kind.id, 'Known, Late', 'Dr. Late', 'Visit', 'visit', 'America/New_York',
                at, at + interval '20 minutes', at, at + interval '20 minutes', gen_random_uuid(), now(), 'somebody'
            from known, provider, kind, unnest(array['2031-03-04 04:30+00', '2031-03-04 05:30+00', '2031-03-04 14:00+00']::timestamptz[]) at
            """);
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = id.ToString("N")[^12..] });
        command.Parameters.Add(new() { Value = TestHost.NorthMain });
        await command.ExecuteNonQueryAsync();
    }
}
