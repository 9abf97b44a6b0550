using Modular.Referrals.Referrals;
using Modular.Referrals.Specialists;
using Modular.Sdk;

namespace Modular.Referrals.Tests;

/// <summary>Rules: plain objects, no host, no clock.</summary>
public sealed class ReferralRules
{
    private static readonly DateOnly Monday = new(2026, 6, 1);

    [Theory]
    [InlineData("routine", 14)]
    [InlineData("urgent", 3)]
    [InlineData("emergency", 0)]
    public void An_appointment_is_due_by_urgency_and_late_the_day_after(string urgency, int days)
    {
        var referral = Written(urgency);

        Assert.Equal(Monday.AddDays(days), referral.DueOn);
        Assert.False(referral.Watch(Monday.AddDays(days)));
        Assert.True(referral.Watch(Monday.AddDays(days + 1)) && referral.Overdue);
    }

    [Fact]
    public void Nothing_is_sent_before_the_coverage_is_checked_but_an_emergency()
    {
        Assert.Equal("Check the coverage first; only an emergency is sent before that.", Written("urgent").Send("fax", "5550104455", "Letter", Guid.NewGuid(), On(0)));
        Assert.Null(Written("emergency").Send("fax", "5550104455", "Letter", Guid.NewGuid(), On(0)));
    }

    [Fact]
    public void An_appointment_after_the_authorization_ends_is_refused()
    {
        var referral = Written("routine");
        referral.Check(PlanAnswer.Given, "A7", Monday.AddDays(20), 3, On(1));
        referral.Send("fax", "5550104455", "Letter", Guid.NewGuid(), On(1));

        Assert.StartsWith("The plan's authorization ends on 06/21/2026", referral.Book(Monday.AddDays(21), null, null, On(2)), StringComparison.Ordinal);
        Assert.Null(referral.Book(Monday.AddDays(20), new(9, 30), "phone", On(2)));
    }

    [Fact]
    public void Every_step_can_be_taken_back_to_the_first_and_says_what_did_not_happen()
    {
        var referral = Written("routine");
        var disclosure = Guid.NewGuid();
        var steps = new Func<Moment, string?>[]
        {
            m => referral.Check(PlanAnswer.None, null, null, null, m), m => referral.Send("fax", "5550104455", "Letter", disclosure, m), m => referral.Book(Monday.AddDays(9), null, null, m),
            m => referral.Tell("phone", m), m => referral.Miss(m with { Today = Monday.AddDays(9) }), m => referral.Book(Monday.AddDays(12), null, "text", m), m => referral.See(Monday, m),
            m => referral.Receive(Monday, "All is well", m), referral.Close,
        };
        var states = new List<(Step, DateOnly?)>();
        for (var i = 0; i < steps.Length; i++)
        {
            states.Add((referral.Step, referral.DueOn));
            Assert.Null(steps[i](On(i + 1)));
        }

        Assert.Equal((Step.Closed, null), (referral.Step, referral.DueOn));
        var undone = new List<Guid?>();
        foreach (var state in Enumerable.Reverse(states))
        {
            Assert.Null(referral.TakeBack(On(20), out var gone));
            undone.Add(gone);
            Assert.Equal(state, (referral.Step, referral.DueOn));
        }

        Assert.Equal([disclosure], undone.OfType<Guid>());
        Assert.Equal("This referral has taken no step that could be taken back.", referral.TakeBack(On(20), out _));
    }

    [Fact]
    public void What_the_plan_becomes_matters_until_the_patient_was_seen()
    {
        var referral = Written("routine");
        referral.Check(PlanAnswer.None, null, null, null, On(0));
        referral.Send("mail", null, "Letter", Guid.NewGuid(), On(0));
        referral.Book(Monday.AddDays(10), null, "phone", On(0));

        Assert.True(referral.PlanEnds(Monday.AddDays(9), Monday) && referral.CoverageEnded);
        Assert.True(referral.PlanEnds(Monday.AddDays(10), Monday) && !referral.CoverageEnded);
        referral.PlanEnds(Monday.AddDays(5), Monday);
        referral.See(Monday.AddDays(1), On(2));
        Assert.False(referral.CoverageEnded);
    }

    [Theory]
    [InlineData("1234567893", true)]
    [InlineData("1234567890", false)]
    [InlineData("123456789", false)]
    public void An_npi_ends_with_its_check_digit(string number, bool valid) => Assert.Equal(valid, TypedNpi.IsValid(number));

    private static Moment On(int day) => new(Monday.AddDays(day), new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero).AddDays(day), "Nora");

    private static Referral Written(string urgency)
    {
        var referral = new Referral
        {
            LocationId = Guid.NewGuid(), Zone = "America/New_York", PatientId = Guid.NewGuid(), PatientName = "Vale, Ada", FormKey = Guid.NewGuid(), WrittenOn = Monday, WrittenBy = "Nora",
        };
        referral.Set(new Specialist { Name = "Ines Marlow, MD", Specialty = "Cardiology" }, null, null, "Chest tightness", urgency, On(0));
        referral.Begin(On(0));
        return referral;
    }
}
