using Modular.Billing.Charges;
using Modular.Billing.Encounters;
using Modular.Billing.Superbill;
using Modular.Sdk.Core;
using Modular.Tests.Harness;

namespace Modular.Tests.Billing.Charges;

/// <summary>The laws of an encounter and its ledger, as plain objects.</summary>
public sealed class EncounterRuleTests
{
    private static readonly DateOnly Day = new(2026, 6, 10);
    private static readonly DateTimeOffset Now = new(2026, 6, 11, 14, 0, 0, TimeSpan.Zero);

    [Fact]
    public void No_order_of_steps_leaves_the_graph() => StepLaws.Hold(
        EncounterSteps.All, () => Seen(), e => e.State, e => e.History,
        [
            e => e.Enter(x => Line(x, 128m), Now,
                "Bea"), e => e.Enter(x => x.Lines.Clear(), Now, "Bea"), e => e.Lock([], Now, "Bea"), e => e.Reopen("Modifier", Now, "Bea"),
            e => e.Reopen(null, Now, "Bea"), e => e.Waive("Courtesy", Now, "Bea"), e => e.Waive(null, Now, "Bea"), e => e.Cancel("Twice", Now, "Bea"),
        ],
        e => EncounterSteps.All.TakeBack(e, Now, "Bea"));

    /// <summary>Any order of entering, closing, opening and ending: what is posted of an encounter is what it says, and nothing posted ever
    /// changes.</summary>
    [Fact]
    public void Whatever_is_done_the_ledger_says_what_the_encounter_says_and_only_grows()
    {
        for (var walk = 0; walk < 300; walk++)
        {
            var (random, e) = (new Random(walk), Seen());
            var posted = new List<Charge>();
            for (var i = 0; i < 30; i++)
            {
                _ = random.Next(7) switch
                {
                    0 or 1 => e.Enter(x => Line(x, random.Next(1, 300)), Now, "Bea"),
                    2 => e.Enter(x => { foreach (var l in x.Lines.Take(1)) { l.Units = random.Next(1, 5); } }, Now, "Bea"),
                    3 => e.Lock([], Now, "Bea"),
                    4 => e.Reopen("Wrong", Now, "Bea"),
                    5 => random.Next(3) == 0 ? e.Cancel("Twice", Now, "Bea") : null,
                    _ => random.Next(3) == 0 ? e.Waive("Courtesy", Now, "Bea") : null,
                };
                Assert.Equal(e.Lines.Sum(l => l.Amount), e.Total);
                Assert.Equal(posted, e.Charges.Take(posted.Count));
                posted = [.. e.Charges];
                if (!e.IsEditable)
                {
                    Assert.Equal(e.State == EncounterState.Ready ? e.Total : 0, posted.Sum(c => c.Amount));
                    Assert.Equal(e.State == EncounterState.Ready ? e.Lines.Sum(l => l.Units) : 0, posted.Sum(c => c.Units));
                }
            }

            Assert.Equal(posted.Count(c => c.ReversesId is not null), posted.Select(c => c.ReversesId).OfType<Guid>().Distinct().Count());
        }
    }

    [Fact]
    public void A_correction_reverses_the_entry_that_changed_and_leaves_the_others()
    {
        var e = Seen();
        e.Enter(x => { Line(x, 100m); Line(x, 20m); }, Now, "Bea");
        Assert.Null(e.Lock([], Now, "Bea"));
        e.Reopen("Two units", Now, "Bea");
        e.Enter(x => x.Lines[1].Units = 2, Now, "Bea");
        Assert.Equal(120m, e.Charges.Sum(c => c.Amount)); // nothing is posted before they are closed again

        Assert.Null(e.Lock([], Now, "Bea"));

        Assert.Equal([100m, 20m, -20m, 40m], e.Charges.Select(c => c.Amount));
        Assert.Equal(140m, e.Total);
        Assert.EndsWith("1 entry corrected", e.History[^1].Said, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_claim_would_lack_keeps_the_charges_open_and_is_named_with_its_field()
    {
        var e = Seen();
        Assert.Equal(["Lines[0].Code", "Diagnoses[0]"], e.Missing().Select(m => m.Field));
        e.Enter(x => x.Lines.Add(new() { EncounterId = x.Id, Position = 1, ServiceOn = Day, Code = "Q9901", Name = "Visit" }), Now, "Bea");

        Assert.Equal(["Diagnoses[0]", "Lines[0].Pointers", "Lines[0].Price"], e.Missing().Select(m => m.Field));
        Assert.Equal("Enter at least one diagnosis.", e.Lock([], Now, "Bea"));
        Assert.Equal(EncounterState.Entered, e.State);
    }

    /// <summary>Rules A.21 (CPT, Evaluation and Management): three years, same group, exact specialty.</summary>
    [Theory]
    [InlineData("2023-06-10", false)] // the anniversary is within three years
    [InlineData("2023-06-09", true)]
    [InlineData("2026-06-09", false)]
    [InlineData("2026-06-10", true)] // the same day is no earlier service
    public void A_patient_is_new_when_the_group_has_not_seen_them_for_three_years(string last, bool isNew) =>
        Assert.Equal(isNew, NewOrEstablished.Of(Day, Group, Vale,
            "207Q00000X", [new(DateOnly.Parse(last), Group, Vale, "Dr. Vale", "207Q00000X")]).IsNew);

    [Fact]
    public void Another_group_or_another_specialty_does_not_make_a_patient_established()
    {
        var (lately, other) = (Day.AddDays(-30), Guid.NewGuid());
        Assert.True(NewOrEstablished.Of(Day, Group, Vale, "207Q00000X", [new(lately, Guid.NewGuid(), Vale, null, "207Q00000X")]).IsNew);
        var specialty = NewOrEstablished.Of(Day, Group, Vale, "207Q00000X", [new(lately, Group, other, "Dr. Roe", "207RC0000X")]);
        Assert.Equal("New to this specialty: last seen on 05/11/2026 by Dr. Roe of another.", specialty.Because);
        Assert.False(NewOrEstablished.Of(Day, Group, Vale, "207Q00000X", [new(lately, Group, other, "Dr. Roe", "207Q00000X")]).IsNew);
        // Nobody has said whose specialty it is: not called new.
        Assert.False(NewOrEstablished.Of(Day, Group, Vale, null, [new(lately, Group, other, "Dr. Roe", "207RC0000X")]).IsNew);
    }

    [Fact]
    public void A_code_of_the_wrong_family_is_doubted_with_the_reason()
    {
        var established = NewOrEstablished.Of(Day, Group, Vale, null, [new(Day.AddYears(-1), Group, Vale, "Dr. Vale", null)]);
        Assert.Equal("99203 is for new patients. Established: seen on 06/10/2025 by Dr. Vale, within three years.", established.Doubt("99203"));
        Assert.Null(established.Doubt("99213"));
        Assert.NotNull(NewOrEstablished.Of(Day, Group, Vale, null, []).Doubt("99213"));
    }

    [Theory]
    [InlineData("0002-1433-80", "00002143380")] // 4-4-2
    [InlineData("50242-040-62", "50242004062")] // 5-3-2
    [InlineData("60575-4112-1", "60575411201")] // 5-4-1
    [InlineData("00002143380", "00002143380")]
    [InlineData("0002143380", null)] // which part is short, nobody can say
    [InlineData("0002-1433-8", null)]
    [InlineData("0002-14A3-80", null)]
    [InlineData("", null)]
    public void A_drug_code_is_read_as_eleven_digits(string typed, string? read) => Assert.Equal(read, DrugCode.Read(typed));

    [Fact]
    public void Charges_are_due_three_days_after_the_last_day_of_service() => Assert.Equal(new(2026, 6, 13), Encounter.Due(Day));

    private static readonly Guid Group = Guid.NewGuid(), Vale = Guid.NewGuid();

    private static Encounter Seen()
    {
        var e = new Encounter
        {
            LocationId = Guid.NewGuid(), Zone = "America/New_York", EntityId = Group, PatientId = Guid.NewGuid(), PatientName = "Vale, Ada", Source = "visit",
            ServiceFrom = Day, ServiceTo = Day, What = "Follow-up", PlaceOfService = "11", DueOn = Encounter.Due(Day),
        };
        e.By(new KnownStaffMember { Id = Vale, Name = "Dr. Vale" });
        return e;
    }

    private static void Line(Encounter e, decimal price)
    {
        if (e.Diagnoses.Count == 0)
        {
            e.Diagnoses.Add(new() { EncounterId = e.Id, Position = 1, Code = "I10", Name = "Hypertension" });
        }

        e.Lines.Add(new()
        {
            EncounterId = e.Id, Position = e.Lines.Count + 1, ServiceOn = Day, Code = "Q9901", Name = "Visit", Pointers = [1], Price = price,
        });
    }
}
