using Modular.Billing.Codes;
using Modular.Billing.Encounters;
using Modular.Billing.Scrub;
using static Modular.Tests.Billing.Scrub.AnyScrub;

namespace Modular.Tests.Billing.Scrub;

/// <summary>Each rule of the scrubber: a case in which it finds something and one beside it in which it does not.</summary>
public sealed class ScrubRuleTests
{
    [Fact]
    public void A_claim_in_order_has_no_finding() => Assert.Equal("", Claim().Found());

    [Fact]
    public void Whoever_has_no_coverage_pays_and_there_is_no_claim_to_judge()
    {
        var claim = Claim(Line(1, "J1885")) with { Coverage = null, HasCoverage = false, FilingCode = null, Rule = null, PatientZip = null, RenderingNpi = null };

        Assert.Equal("", claim.Found());
        Assert.Equal("no-coverage!", (claim with { HasCoverage = true }).Found());
    }

    [Theory]
    [InlineData("1234567893", "")]
    [InlineData("1234567894", "npi-rendering!")]
    [InlineData(null, "npi-rendering!")]
    public void The_rendering_provider_has_an_NPI_whose_check_digit_is_right(string? npi, string found) => Assert.Equal(found, (Claim() with { RenderingNpi = npi }).Found());

    [Theory]
    [InlineData("1EG4TE5MK73", "")]
    [InlineData("1EG4-TE5-MK73", "")]
    [InlineData("1SG4TE5MK73", "mbi!")]
    [InlineData("0EG4TE5MK73", "mbi!")]
    [InlineData("123456789A", "mbi!")]
    public void A_Medicare_number_has_the_form_of_the_card(string member, string found) => Assert.Equal(found, (Claim().Medicare() with { Coverage = Coverage(member) }).Found());

    [Theory]
    [InlineData("430041234", "")]
    [InlineData("43004-1234", "")]
    [InlineData("43004", "zip!")]
    [InlineData(null, "zip!")]
    public void The_billing_address_has_nine_digits(string? zip, string found) => Assert.Equal(found, (Claim() with { BillingZip = zip }).Found());

    [Fact]
    public void Each_day_of_service_is_covered_is_not_in_the_future_and_not_after_death()
    {
        Assert.Equal("coverage-gap!", (Claim(Line(1, "G0463", on: Day.AddDays(1))) with { Coverage = Coverage(to: Day) }).Found());
        Assert.Equal("future!", (Claim() with { Today = Day.AddDays(-1) }).Found());
        Assert.Equal("after-death!", (Claim() with { DeceasedOn = Day.AddDays(-1) }).Found());
        Assert.Equal("", (Claim() with { DeceasedOn = Day }).Found());
    }

    [Theory]
    [InlineData(2, "")]
    [InlineData(183, "filing-limit?")]
    [InlineData(365, "filing-limit?")]
    [InlineData(366, "filing-limit!")]
    public void The_filing_limit_warns_from_half_of_it_on_and_its_last_day_still_counts(int days, string found) => Assert.Equal(found, (Claim() with { Today = Day.AddDays(days) }).Found());

    [Fact]
    public void A_payer_that_wants_a_referral_or_an_authorization_gets_them()
    {
        var strict = Claim() with { Rule = new() { Source = "contract", ValidFrom = new(2020, 1, 1), FilingCount = 365, Referral = true, PriorAuthorization = true } };

        Assert.Equal("authorization?", strict.Found());
        Assert.Equal("", (strict with { Authorization = "A-1" }).Found());
        strict.Encounter.ReferringNpi = null;
        Assert.Equal("referral!", (strict with { Authorization = "A-1" }).Found());
    }

    [Theory]
    [InlineData(CodeValidity.Valid, "")]
    [InlineData(CodeValidity.NotLoaded, "")]
    [InlineData(CodeValidity.Heading, "diagnosis-code!")]
    [InlineData(CodeValidity.NotOnDay, "diagnosis-code!")]
    [InlineData(CodeValidity.Unknown, "diagnosis-code!")]
    public void A_diagnosis_is_a_code_of_its_day(CodeValidity validity, string found) => Assert.Equal(found, Claim().Found(Tables(codes: [(new(CodeSystems.Diagnosis, "I10", Day), validity)])));

    [Fact]
    public void A_service_and_a_modifier_are_codes_of_their_day()
    {
        var claim = Claim(Line(1, "G0463", "25"));

        Assert.Equal("service-code!", claim.Found(Tables(codes: [(new(CodeSystems.Hcpcs, "G0463", Day), CodeValidity.NotOnDay)])));
        Assert.Equal("modifier-code!", claim.Found(Tables(codes: [(new(CodeSystems.Modifier, "25", Day), CodeValidity.Unknown)])));
    }

    [Theory]
    [InlineData("O80", "M", 1990, "age-sex!")]
    [InlineData("O80", "F", 1990, "")]
    [InlineData("O80", "X", 1990, "")]
    [InlineData("N40", "F", 1960, "age-sex?")]
    [InlineData("P599", "F", 2026, "")]
    [InlineData("P599", "F", 2020, "age-sex?")]
    [InlineData("Z00129", "M", 2008, "age-sex!")]
    [InlineData("Z00129", "M", 2009, "")]
    [InlineData("Z0000", "M", 2010, "age-sex!")]
    [InlineData("Z0000", "M", 2008, "")]
    public void A_diagnosis_fits_age_and_sex(string code, string sex, int born, string found) =>
        Assert.Equal(found, (Claim("11", [code], Line(1, "G0463")) with { Sex = sex, BirthDate = new(born, 1, 1) }).Found());

    [Theory]
    [InlineData("26 TC", "modifier-contradiction!")]
    [InlineData("LT RT", "modifier-contradiction!")]
    [InlineData("50 LT", "modifier-contradiction!")]
    [InlineData("59 XS", "modifier-contradiction!")]
    [InlineData("25 25", "modifier-twice!")]
    [InlineData("25 59", "")]
    public void Modifiers_do_not_contradict_each_other(string modifiers, string found) => Assert.Equal(found, Claim(Line(1, "G0463", modifiers)).Found());

    [Fact]
    public void A_line_that_repeats_another_says_why()
    {
        Assert.Equal("duplicate-line!", Claim(Line(1, "G0463"), Line(2, "G0463")).Found());
        Assert.Equal("", Claim(Line(1, "G0463"), Line(2, "G0463", "76")).Found());
        Assert.Equal("", Claim(Line(1, "G0463"), Line(2, "G0463", on: Day.AddDays(1))).Found());
    }

    [Theory]
    [InlineData("0", "", "", "ncci-pair!")]
    [InlineData("0", "", "59", "ncci-pair!")]
    [InlineData("1", "", "", "ncci-pair!")]
    [InlineData("1", "", "XS", "")]
    [InlineData("1", "25", "", "")]
    [InlineData("1", "", "GA", "ncci-pair!")]
    [InlineData("9", "", "", "")]
    public void A_pair_of_codes_is_told_apart_by_a_modifier_where_its_indicator_allows(string indicator, string first, string second, string found) =>
        Assert.Equal(found, Claim(Line(1, "G9001", first), Line(2, "G9002", second)).Medicare().Found(Tables(pairs: [Pair("G9001", "G9002", indicator)])));

    [Fact]
    public void A_pair_is_of_its_day_and_only_a_warning_for_other_payers()
    {
        var claim = Claim(Line(1, "G9001"), Line(2, "G9002"));

        Assert.Equal("ncci-pair?", claim.Found(Tables(pairs: [Pair("G9001", "G9002", "0")])));
        Assert.Equal("", claim.Found(Tables(pairs: [Pair("G9001", "G9002", "0", to: Day.AddDays(-1))])));
        Assert.Equal("", Claim(Line(1, "G9001"), Line(2, "G9002", on: Day.AddDays(1))).Found(Tables(pairs: [Pair("G9001", "G9002", "0")])));
    }

    [Theory]
    [InlineData("1", 2, 0, "")]
    [InlineData("1", 3, 0, "unit-limit!")]
    [InlineData("1", 2, 2, "")]
    [InlineData("2", 2, 1, "unit-limit!")]
    [InlineData("3", 2, 1, "unit-limit?")]
    public void Units_are_judged_by_the_line_or_by_the_day(string adjudication, int first, int second, string found)
    {
        ChargeLine[] lines = second > 0 ? [Line(1, "G9001", units: first), Line(2, "G9001", "59", second)] : [Line(1, "G9001", units: first)];

        Assert.Equal(found, Claim(lines).Medicare().Found(Tables(limits: [Limit("G9001", 2, adjudication)])));
    }

    [Fact]
    public void An_add_on_stands_beside_its_main_service()
    {
        var tables = Tables(globals: [("G9001", "ZZZ"), ("G9002", "000")]);

        Assert.Equal("add-on!", Claim(Line(1, "G9001")).Found(tables));
        Assert.Equal("add-on!", Claim(Line(1, "G9001"), Line(2, "G9002", on: Day.AddDays(1))).Found(tables));
        Assert.Equal("", Claim(Line(1, "G9001"), Line(2, "G9002")).Found(tables));
    }

    [Theory]
    [InlineData("000", "", "global!")]
    [InlineData("010", "", "global!")]
    [InlineData("010", "25", "")]
    [InlineData("090", "", "global!")]
    [InlineData("090", "57", "")]
    [InlineData("XXX", "", "")]
    public void A_visit_on_the_day_of_a_procedure_was_separate_or_is_paid_with_it(string days, string modifier, string found) =>
        Assert.Equal(found, Claim(Line(1, "99213", modifier), Line(2, "G9001")).Found(Tables(globals: [("G9001", days)])));

    [Theory]
    [InlineData(10, "99213", "", "global!")]
    [InlineData(11, "99213", "", "")]
    [InlineData(10, "99213", "24", "")]
    [InlineData(5, "G9002", "", "global!")]
    [InlineData(5, "G9002", "58", "")]
    [InlineData(5, "G9002", "79", "")]
    [InlineData(5, "G9003", "", "")]
    public void What_falls_into_the_days_after_a_procedure_says_why_it_is_apart(int after, string code, string modifier, string found)
    {
        var claim = Claim(Line(1, code, modifier)) with { Others = [new(Day.AddDays(-after), "G9001", [], Guid.NewGuid(), "Dr. Vale")] };

        Assert.Equal(found, claim.Found(Tables(globals: [("G9001", "010"), ("G9002", "000")])));
    }

    [Fact]
    public void The_same_service_on_another_encounter_of_the_day_is_charged_once()
    {
        var claim = Claim();
        OtherService other = new(Day, "G0463", [], claim.Encounter.RenderingId, "Dr. Vale");

        Assert.Equal("duplicate!", (claim with { Others = [other] }).Found());
        Assert.Equal("", (claim with { Others = [other with { RenderingId = Guid.NewGuid() }] }).Found());
        Assert.Equal("", (claim with { Others = [other with { On = Day.AddDays(-1) }] }).Found());
    }

    [Fact]
    public void Drugs_name_their_NDC_for_Medicaid_and_what_was_discarded_for_Medicare()
    {
        var medicaid = Claim(Line(1, "J1885")) with { FilingCode = "MC" };

        Assert.Equal("ndc!", medicaid.Found());
        Assert.Equal("", (Claim(Line(1, "J1885", ndc: "00409379501")) with { FilingCode = "MC" }).Found());
        Assert.Equal("discarded?", Claim(Line(1, "J1885")).Medicare().Found());
        Assert.Equal("", Claim(Line(1, "J1885", "JZ")).Medicare().Found());
        Assert.Equal("discarded!", Claim(Line(1, "J1885", "JW")).Medicare().Found());
        Assert.Equal("discarded?", Claim(Line(1, "J1885"), Line(2, "J1885", "JW")).Medicare().Found());
    }

    [Fact]
    public void A_laboratory_test_needs_the_CLIA_number_of_its_place()
    {
        Assert.Equal("clia!", (Claim(Line(1, "81003", "QW")) with { Clia = null }).Found());
        Assert.Equal("clia?", (Claim(Line(1, "81003")) with { Clia = null }).Found());
        Assert.Equal("", (Claim(Line(1, "81003", "90")) with { Clia = null }).Found());
        Assert.Equal("", Claim(Line(1, "81003", "QW")).Found());
    }

    [Theory]
    [InlineData("10", "95", true, "")]
    [InlineData("11", "95", true, "telehealth!")]
    [InlineData("10", "", false, "telehealth?")]
    [InlineData("10", "93", false, "")]
    [InlineData("11", "95", false, "")]
    public void Place_and_modifier_of_telehealth_agree(string place, string modifier, bool medicare, string found)
    {
        var claim = Claim(place, ["I10"], Line(1, "G0463", modifier));

        Assert.Equal(found, (medicare ? claim.Medicare() : claim).Found());
    }

    [Fact]
    public void Findings_do_not_depend_on_the_order_of_lines()
    {
        var tables = Tables(pairs: [Pair("G9001", "G9002", "1")], limits: [Limit("G9001", 1, "2")], globals: [("G9003", "ZZZ"), ("G9001", "010")]);
        ChargeLine[] lines = [Line(1, "G9001", units: 2), Line(2, "G9002"), Line(3, "99213"), Line(4, "J1885", "JW"), Line(5, "G9003")];
        var expected = Findings(lines);
        var random = new Random(7);
        for (var i = 0; i < 50; i++)
        {
            random.Shuffle(lines);

            Assert.Equal(expected, Findings(lines));
        }

        string[] Findings(ChargeLine[] some) => [.. ScrubRules.Judge(Claim(some).Medicare(), tables).Select(f => f.Sentence).Order()];
    }
}
