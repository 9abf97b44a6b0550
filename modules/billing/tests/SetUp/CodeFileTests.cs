using Modular.Billing.Codes;

namespace Modular.Tests.Billing;

/// <summary>Official files by their publishers' layouts, from synthetic lines.</summary>
public sealed class CodeFileTests
{
    [Fact]
    public void A_line_of_the_order_file_has_its_code_in_columns_7_to_13_its_flag_in_15_and_its_names_behind()
    {
        var lines = Read("icd10cm", $"""
            {Order(1, "E11", "0", "Type 2 diabetes mellitus", "Type 2 diabetes mellitus")}
            {Order(2, "E119", "1", "Type 2 diabetes mellitus w/o complications", "Type 2 diabetes mellitus without complications")}
            """);

        Assert.Equal(["icd10cm", "E11", "Type 2 diabetes mellitus", "Type 2 diabetes mellitus", false, null], lines[0].Values);
        Assert.Equal(["icd10cm", "E119", "Type 2 diabetes mellitus w/o complications", "Type 2 diabetes mellitus without complications", true, null], lines[1].Values);
    }

    [Theory]
    [InlineData("00001 E11     2 Type 2 diabetes")]
    [InlineData("00001 1E1     1 Type 2 diabetes")]
    [InlineData("code,description")]
    [InlineData("00001 E119    1")]
    public void A_line_that_is_none_of_the_order_file_is_refused_with_its_number(string wrong)
    {
        var refused = Assert.Throws<CodeLineException>(() => Read("icd10cm", Order(1, "A00", "0", "Cholera", "Cholera") + "\n" + wrong));

        Assert.StartsWith("Line 2: this is no line of the ICD-10-CM order file", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_description_of_hcpcs_goes_on_in_the_lines_below_and_a_modifier_is_of_its_own_set()
    {
        var lines = Read("hcpcs", string.Join('\n',
            Hcpcs("J1885", "3", "Injection, ketorolac", "Ketorolac inj", "19970101", ""),
            Hcpcs("J1885", "4", "tromethamine, per 15 mg", "", "", ""),
            Hcpcs("   GA", "7", "Waiver of liability statement", "Waiver", "19950101", "20301231")));

        Assert.Equal(["hcpcs", "J1885", "Ketorolac inj", "Injection, ketorolac tromethamine, per 15 mg", true, null], lines[0].Values);
        Assert.Equal((new DateOnly(1997, 1, 1), null), (lines[0].From, lines[0].To));
        Assert.Equal("modifier GA", $"{lines[1].Values[0]} {lines[1].Values[1]}");
        Assert.Equal(new DateOnly(2030, 12, 31), lines[1].To);
    }

    [Fact]
    public void A_line_that_goes_on_with_what_was_not_begun_and_a_date_that_is_none_are_refused()
    {
        Assert.Equal("Line 1: it goes on with J1885, and the line before does not begin it.", Assert.Throws<CodeLineException>(() => Read("hcpcs", Hcpcs("J1885", "4", "x", "", "", ""))).Message);
        Assert.StartsWith("Line 1: “2026XX01” in columns 269 to 276 is no date", Assert.Throws<CodeLineException>(() => Read("hcpcs", Hcpcs("J1885", "3", "x", "x", "2026XX01", ""))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cpt_is_found_by_its_headings_behind_notes_whatever_the_delimiter()
    {
        Assert.Equal(["cpt", "99213", "Office visit", "Office visit, established patient", true, null],
            Read("cpt", "Licensed to the practice\n\nLong Description\tCPT Code\tShort Description\nOffice visit, established patient\t99213\tOffice visit").Single().Values);
        Assert.Equal("Line 2: “A9999” is no CPT code; it has five characters, a modifier two, and begins with a digit.", Assert.Throws<CodeLineException>(() => Read("cpt", "code,short\nA9999,x")).Message);
        Assert.StartsWith("Line 1: no line has the headings “code”", Assert.Throws<CodeLineException>(() => Read("cpt", "a,b\n1,2")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_ncci_pair_has_dates_indicator_and_rationale_behind_lines_of_notes()
    {
        var lines = Read("ncci", """
            CPT only copyright notes that stand before the table
            Column1/Column2 Edits

            99213	36415		20200101	*	1	Misuse of column two code
            99213	99202		20100101	20191231	0	CPT manual
            """.Replace("            ", "", StringComparison.Ordinal));

        Assert.Equal(["99213", "36415", new DateOnly(2020, 1, 1), "1", "Misuse of column two code"], lines[0].Values);
        Assert.Equal((null, new DateOnly(2019, 12, 31)), (lines[0].To, lines[1].To));
        Assert.Equal("Line 2: the modifier indicator is “7”; it is 0, 1 or 9.", Assert.Throws<CodeLineException>(() => Read("ncci", "99213\t36415\t\t20200101\t*\t1\tx\n99213\t36416\t\t20200101\t*\t7\tx")).Message);
    }

    [Fact]
    public void A_heading_of_mue_that_goes_over_two_lines_is_one_and_the_indicator_is_its_first_letter()
    {
        var line = Read("mue", "Notes\n\"HCPCS/\nCPT Code\",\"Practitioner Services MUE Values\",\"MUE Adjudication Indicator\",\"MUE Rationale\"\n36415,2,\"3 Date of Service Edit: Clinical\",Clinical: Data").Single();

        Assert.Equal(["36415", 2, "3", "Clinical: Data"], line.Values);
        Assert.Equal(4, line.Number);
    }

    [Fact]
    public void Columns_of_the_fee_schedule_are_found_by_headings_that_stand_one_below_the_other()
    {
        var line = Read("pprrvu", RelativeValues("99213,,Office visit,A,,1.30,1.33,,0.55,,0.10,2.73,1.95,0,XXX,0.00,0.00,0.00,0,0,0,0,0,,33.2875")).Single();

        Assert.Equal(["99213", "", "A", 1.30m, 1.33m, 0.55m, 0.10m, "0", "XXX", 0.00m, 0.00m, 0.00m, "0", "0", "0", "0", "0", 33.2875m], line.Values);
        Assert.Equal("Line 6: “much” under “work” is no number.", Assert.Throws<CodeLineException>(() => Read("pprrvu", RelativeValues("99213,,x,A,,much,1,,1,,1,1,1,0,XXX,0,0,0,0,0,0,0,0,,33"))).Message);
        Assert.Equal("Line 1: the heading “mod” is missing.", Assert.Throws<CodeLineException>(() => Read("pprrvu", "HCPCS,DESCRIPTION\n99213,x")).Message);
    }

    [Fact]
    public void What_Medicare_allows_is_each_kind_of_unit_by_its_index_by_the_factor_rounded_once()
    {
        // 42 CFR 414.20–414.26.
        var value = new RelativeValue
        {
            Code = "99213", Modifier = "", Status = "A", Work = 1.30m, Practice = 1.33m, PracticeFacility = 0.55m, Malpractice = 0.10m, Factor = 33.2875m, Pctc = "0", GlobalDays = "XXX",
            Multiple = "0", Bilateral = "0", Assistant = "0", Cosurgeon = "0", Team = "0",
        };

        Assert.Equal((90.87m, 64.91m), (value.Amount(facility: false), value.Amount(facility: true)));
        Assert.Equal(93.88m, value.Amount(false, workIndex: 1.0m, practiceIndex: 1.05m, malpracticeIndex: 1.237m));
    }

    [Fact]
    public void No_bytes_make_a_reader_fail_otherwise_than_with_a_sentence()
    {
        var random = new Random(4);
        foreach (var file in CodeFiles.All.Values)
        {
            for (var i = 0; i < 200; i++)
            {
                var text = new string([.. Enumerable.Range(0, random.Next(1, 400)).Select(_ => "\"\t,;\n\r 0123456789EHJ\0ÿ*"[random.Next(23)])]);
                try
                {
                    _ = file.Read(new StringReader(text)).Count();
                }
                catch (CodeLineException sentence)
                {
                    Assert.StartsWith("Line ", sentence.Message, StringComparison.Ordinal);
                }
            }
        }
    }

    internal static string Order(int number, string code, string flag, string shortName, string longName) => $"{number:00000} {code,-7} {flag} {shortName,-60} {longName}";

    internal static string RelativeValues(string row) => """
        2026 National Physician Fee Schedule Relative Value File,,,,,,,,,,,,,,,,,,,,,,,,
        CPT codes and descriptions only are copyright,,,,,,,,,,,,,,,,,,,,,,,,
        ,,,,NOT USED,,,NON-FAC,,FACILITY,,,,,,,,,,,,,,,
        ,,,STATUS,FOR MEDICARE,WORK,NON-FAC,NA,FACILITY,NA,MP,NON-FACILITY,FACILITY,PCTC,GLOB,PRE,INTRA,POST,MULT,BILAT,ASST,CO-,TEAM,ENDO,CONV
        HCPCS,MOD,DESCRIPTION,CODE,PAYMENT,RVU,PE RVU,INDICATOR,PE RVU,INDICATOR,RVU,TOTAL,TOTAL,IND,DAYS,OP,OP,OP,PROC,SURG,SURG,SURG,SURG,BASE,FACTOR
        """ + "\n" + row;

    internal static string Hcpcs(string code, string kind, string longName, string shortName, string added, string ended) =>
        $"{code,-5}00100{kind}{longName,-80}{shortName,-28}{"",149}{added,-8}{"",8}{ended,-8}";

    private static List<CodeLine> Read(string kind, string text) => [.. CodeFiles.All[kind].Read(new StringReader(text))];
}
