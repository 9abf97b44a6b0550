using Modular.Billing.Encounters;
using Modular.Billing.Scrub;
using static Modular.Tests.Billing.Scrub.AnyScrub;

namespace Modular.Tests.Billing.Scrub;

/// <summary>A rule that the practice wrote is said when all that it names holds, and not otherwise.</summary>
public sealed class OwnRuleTests
{
    private static string Found(ScrubClaim claim, OwnRule rule) => claim.Found(Tables(own: [rule])).Replace($"own-{rule.Id}", "own", StringComparison.Ordinal);

    private static OwnRule Rule(Action<OwnRule>? change = null)
    {
        var rule = new OwnRule { Name = "Rule", Severity = Severity.Error, Sentence = "it is denied.", ValidFrom = new(2026, 1, 1), Codes = ["G04*"] };
        change?.Invoke(rule);
        return rule;
    }

    [Fact]
    public void It_is_said_of_the_codes_it_names()
    {
        Assert.Equal("own!", Found(Claim(), Rule()));
        Assert.Equal("own!", Found(Claim(), Rule(r => r.Codes = ["J1885", "G0463"])));
        Assert.Equal("", Found(Claim(), Rule(r => r.Codes = ["G04", "J1*"])));
        Assert.Equal("own!", Found(Claim(), Rule(r => r.Codes = [])));
    }

    [Fact]
    public void It_looks_at_modifier_diagnosis_place_age_sex_payer_and_provider()
    {
        var claim = Claim("11", ["I10", "E119"], Line(1, "G0463", "25"));

        foreach (var (change, said) in new (Action<OwnRule>, bool)[]
        {
            (r => r.Modifier = "25", true), (r => r.Modifier = "59", false),
            (r => (r.Modifier, r.ModifierMissing) = ("59", true), true), (r => (r.Modifier, r.ModifierMissing) = ("25", true), false),
            (r => r.Diagnoses = ["I1*"], true), (r => r.Diagnoses = ["E119"], false), // the line points to the first alone
            (r => (r.Diagnoses, r.DiagnosesMissing) = (["E119"], true), true), (r => (r.Diagnoses, r.DiagnosesMissing) = (["I10"], true), false),
            (r => r.PlaceOfService = "11", true), (r => r.PlaceOfService = "10", false),
            (r => (r.AgeFrom, r.AgeTo) = (46, 46), true), (r => r.AgeFrom = 47, false), (r => r.AgeTo = 45, false),
            (r => r.Sex = "F", true), (r => r.Sex = "M", false),
            (r => r.PayerId = claim.Coverage!.PayerId, true), (r => r.PayerId = Guid.NewGuid(), false),
            (r => r.FilingCode = "CI", true), (r => r.FilingCode = "MB", false),
            (r => r.ProviderId = claim.Encounter.RenderingId, true), (r => r.ProviderId = Guid.NewGuid(), false),
            (r => r.ValidTo = Day, true), (r => r.ValidTo = Day.AddDays(-1), false), (r => r.ValidFrom = Day.AddDays(1), false), (r => r.Off = true, false),
        })
        {
            Assert.Equal(said ? "own!" : "", Found(claim, Rule(change)));
        }
    }

    [Fact]
    public void A_notice_is_asked_for_of_Medicare_patients_until_the_line_says_what_was_answered()
    {
        var rule = Rule(r => r.Severity = Severity.Notice);

        Assert.Equal("own~", Found(Claim().Medicare(), rule));
        Assert.Equal("", Found(Claim(), rule));
        Assert.Equal("", Found(Claim(Line(1, "G0463", "GA")).Medicare(), rule));
        Assert.Equal("", Found(Claim(Line(1, "G0463", "GZ")).Medicare(), rule));
    }
}
