using Microsoft.Extensions.DependencyInjection;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Docs;

/// <summary>The indicators of the pages are declared and counted from the sample's rows.</summary>
public sealed class ReferralIndicatorTests(SampleHost sample) : IClassFixture<SampleHost>
{
    [Fact]
    public async Task The_sample_counts_its_indicators_from_its_rows_and_brings_figures_of_the_years_before()
    {
        var builder = new ModuleBuilder(new("referrals", "Referrals", "1.0.0", "0.9", "Referrals.dll"));
        ReferralIndicatorLines.Declare(builder);
        var (place, day) = (new Location(TestHost.NorthMain, "Main Street", "America/New_York"), new DateOnly(2026, 6, 10));
        await using var scope = sample.Host.Scope(sample.Host.North);
        var db = scope.ServiceProvider.GetRequiredService<ReferralsDb>();
        var sent = new Referral
        {
            LocationId = place.Id, PatientId = Guid.NewGuid(), PatientName = "Vale, Ada", SentTo = "Harbor Cardiology", SentOn = day,
        };
        db.Add(sent);
        await db.SaveChangesAsync();

        var days = new IndicatorDays(day, day, place);
        await new ReferralIndicators(db).CountAsync(days, default);
        await ReferralIndicatorLines.BringAsync(scope.ServiceProvider.GetRequiredService<IIndicators>(), place,
            new Dictionary<DateOnly, int> { [day] = 12 }, default);

        Assert.Equal(["referrals.sent", "referrals.closed"], builder.Declared.Indicators.Single().Indicators.Select(i => i.Key));
        Assert.Equal([new IndicatorDay(place.Id, day)], builder.Declared.Recounts.Single().Days(sent));
        Assert.Contains(days.Facts, f => f is { Indicator.Key: "referrals.sent", First: "Harbor Cardiology", Value: 1 });
        Assert.Equal(12m, await sample.Host.North.AskAsync<decimal>(
            "select value from core.indicator_values where indicator = 'referrals.sent' and grain = 'day'"));
    }
}
