using Modular.Sdk;
using Modular.Sdk.Core;

namespace Modular.Tests.Docs;

// snippet: deadline-row
/// <summary>A payer refused to authorize a referral, and is asked to look again.</summary>
public sealed class Appeal : IVersioned, IOfPatient
{
    public static readonly DeadlineRule Filing = new("29 CFR 2560.503-1(h)(3)(i)", Days: 180);

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public Guid PatientId { get; init; }
    public required string Payer { get; init; }
    public required DeadlineClock Clock { get; init; }

    Guid? IOfPatient.PatientId => PatientId;

    public static Appeal Of(Guid patientId, string payer, DateOnly deniedOn) =>
        new() { PatientId = patientId, Payer = payer, Clock = DeadlineClock.Start(Filing, deniedOn) };

    /// <summary>The day that a due date stands on is the day in the inbox.</summary>
    public static TaskEntry? Task(Appeal appeal) => appeal.Clock.StoppedOn is not null ? null : new(
        $"Appeal to {appeal.Payer}",
        $"/referrals/appeals/{appeal.Id}",
        "referrals.referral.send",
        PatientId: appeal.PatientId)
    {
        DueOn = appeal.Clock.DueOn,
    };
}
// end

/// <summary>What the page on deadlines says, run.</summary>
public sealed class ReferralAppealTests
{
    // snippet: deadline-acts
    [Fact]
    public void Days_on_which_the_payer_waits_for_us_do_not_count()
    {
        var appeal = Appeal.Of(Guid.NewGuid(), "Harbor Health", deniedOn: new(2026, 6, 1));

        Assert.Null(appeal.Clock.Pause(new(2026, 6, 10)));
        Assert.Equal("Paused, 171 days left", appeal.Clock.Mark(today: new(2026, 9, 1)).Text);
        Assert.Null(appeal.Clock.Resume(new(2026, 6, 20)));

        Assert.Equal(new DateOnly(2026, 11, 28).AddDays(10), appeal.Clock.DueOn);
        Assert.Equal("The clock is not paused.", appeal.Clock.Resume(new(2026, 6, 21)));
    }
    // end

    // snippet: business-days
    [Fact]
    public void The_second_business_day_after_the_wednesday_before_thanksgiving_is_a_monday()
    {
        Assert.Equal(new DateOnly(2026, 11, 30), BusinessDays.Federal.Add(new(2026, 11, 25), 2));
        Assert.Equal(2, BusinessDays.Federal.Between(new(2026, 11, 25), new(2026, 11, 30)));
        Assert.False(BusinessDays.Federal.IsOpen(new(2026, 11, 26)));
    }
    // end

    // snippet: fiscal
    [Fact]
    public void August_is_the_second_period_of_a_year_that_begins_in_july()
    {
        var fiscal = new FiscalCalendar(firstMonth: 7);

        Assert.Equal(new FiscalPeriod(2027, 2, new(2026, 8, 1), new(2026, 8, 31)), fiscal.PeriodOf(new(2026, 8, 15)));
        Assert.Equal(new DateOnly(2027, 6, 30), fiscal.Year(2027)[11].To);
    }
    // end
}
