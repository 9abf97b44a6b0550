using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Demo;
using Modular.Host.FirstRun;
using Modular.Host.Practices;
using Modular.Journeys.Harness;
using Modular.Sdk;
using Modular.Tests.Harness;

[assembly: AssemblyFixture(typeof(Office))]

namespace Modular.Journeys.Harness;

/// <summary>One host for all journeys, with the whole demo practice on it. It is always a weekday at ten in the morning, whenever the tests run.</summary>
public sealed class Office : IAsyncLifetime
{
    private const string Zone = "America/New_York";

    private readonly TestClock clock = new();

    public TestHost Host { get; private set; } = null!;

    /// <summary>2,000 patients, a year of visits, today in full swing. People by role, such as "front-desk".</summary>
    public Practice Demo { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        // Only ever forward: nothing the browser was given may have run out meanwhile.
        clock.Move(UntilWeekdayAtTen());
        Host = await TestHost.StartAsync(builder => builder.Services.AddSingleton<TimeProvider>(clock), options: o => o with { Demo = true });
        Demo = await Host.Services.GetRequiredService<PracticeMaker>().AddAsync(DemoPractice.Wanted with { Slug = "lakeside", Hosts = ["lakeside.localhost"] }, default);
        await Host.Services.GetRequiredService<DemoSeeder>().SeedAsync(Demo, default);
    }

    /// <summary>What the host's clock says.</summary>
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Time goes by for the host: sessions lock, confirmations run out.</summary>
    public void Pass(TimeSpan time) => clock.Move(time);

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await TestServer.StopAsync();
    }

    /// <summary>A practice as <c>./run --empty</c> makes it: nobody in it, one location. Returns the path of its one-time link too.</summary>
    public async Task<(Practice Practice, string Link)> EmptyPracticeAsync(string slug)
    {
        var practice = await Host.Services.GetRequiredService<PracticeMaker>().AddAsync(
            new(slug, "My practice", Zone, [$"{slug}.localhost"], [new(Guid.CreateVersion7(), "Main", Zone)]), default);
        return (practice, $"/first-run?token={await FirstSetUp.IssueTokenAsync(Host.Services, practice)}");
    }

    /// <summary>An established patient of the demo who is not expected today, and whom three letters and the birth date tell from all others, called as they are named.</summary>
    public async Task<Known> EstablishedPatientAsync()
    {
        await using var command = Demo.Database.CreateCommand("""
            update patients.patients set alert = 'Asks for a large print'
            where id = (
                select p.id from patients.patients p
                where p.alert is null and not p.restricted and p.deceased_on is null and p.preferred_name is null and p.last_name ~ '^[A-Z][a-z]{4,}$'
                  and not exists (select 1 from scheduling.visits v
                      where (v.patient_id = p.id or v.patient_name = p.last_name || ', ' || p.first_name) and v.starts_at > $1)
                  and (select count(*) from patients.patients o where o.birth_date = p.birth_date) = 1
                order by p.record_number limit 1)
            returning id, first_name, last_name, birth_date
            """);
        command.Parameters.Add(new() { Value = clock.GetUtcNow().AddHours(-12) });
        await using var reader = await command.ExecuteReaderAsync();
        Assert.True(await reader.ReadAsync(), "The demo practice has nobody left who fits.");
        return new(reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetFieldValue<DateOnly>(3));
    }

    /// <summary>The next Sunday on which the clocks go forward, two weeks from now or later.</summary>
    public DateOnly ClocksGoForward()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(Zone);
        TimeSpan Offset(DateOnly day) => zone.GetUtcOffset(day.ToDateTime(new(12, 0)));
        var day = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(15);
        while (Offset(day) <= Offset(day.AddDays(-1)))
        {
            day = day.AddDays(1);
        }

        return day;
    }

    private TimeSpan UntilWeekdayAtTen()
    {
        var now = WallTime.At(clock.GetUtcNow(), Zone);
        var day = DateOnly.FromDateTime(now.DateTime);
        while (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || WallTime.Instant(day, new(10, 0), Zone) < now)
        {
            day = day.AddDays(1);
        }

        return WallTime.Instant(day, new(10, 0), Zone) - now;
    }
}

/// <param name="BirthDate">Typed as MMDDYY.</param>
public sealed record Known(Guid Id, string First, string Last, DateOnly BirthDate)
{
    public string LastFirst => $"{Last}, {First}";

    /// <summary>What a clerk types: three letters and the birth date.</summary>
    public string Typed => $"{Last[..3].ToLowerInvariant()} {BirthDate:MMddyy}";

    public string Chart => $"/patients/charts/{Id}";
}
