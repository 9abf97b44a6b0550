using Microsoft.Extensions.DependencyInjection;
using Modular.Billing.ClaimFiles;
using Modular.Sdk;
using Modular.Tests.Harness;
using static Modular.Tests.Billing.ClaimFiles.ClaimCases;

namespace Modular.Tests.Billing.ClaimFiles;

/// <summary>The paper form CMS-1500 (02/12): what stands in which box, and where the box is (NUCC instructions).</summary>
public sealed class Cms1500Tests(SharedHost shared)
{
    private static readonly ClaimFacts Full = Child with
    {
        Coverage = Child.Coverage with { SubscriberPerson = new(new("PARENT", "PAULA"), new(1950, 12, 31), "F", Home) { Phone = "(555) 555-0133" }, GroupNumber = "G7" },
        Patient = Child.Patient with { Name = new("Núñez", "Ana", "M"), Phone = "555-555-0144" },
        Accident = new(Car: true, Date: Day, State: "OH"),
        Referring = Other,
        Rendering = Doctor,
        Facility = Hospital,
        References = new() { Authorization = "A7", PayerClaim = "N7" },
        Frequency = "7",
        PatientPaid = 25,
        Diagnoses = ["J06.9", "R05", "R51", "I10", "E11.9"],
        Lines = [.. Enumerable.Range(1, 8).Select(i => Line with { ControlNumber = $"L{i}", Charge = 150.5m, Pointers = [1, 5], Modifiers = ["25", "59"], Drug = i == 1 ? new("00003-0293-05", 4, "ML") : null })],
    };

    [Theory]
    [InlineData("1", "X")]
    [InlineData("1a", "M1")]
    [InlineData("2", "NUNEZ, ANA, M")]
    [InlineData("3", "02 29 1980 X")]
    [InlineData("4", "PARENT, PAULA")]
    [InlineData("5", "2 TEST STREET TESTVILLE OH 43215 555 5550144")]
    [InlineData("6", "X")]
    [InlineData("7", "2 TEST STREET TESTVILLE OH 43215 555 5550133")]
    [InlineData("10a", "X")]
    [InlineData("10b", "X OH")]
    [InlineData("11", "G7")]
    [InlineData("11a", "12 31 1950 X")]
    [InlineData("11d", "X")]
    [InlineData("12", "SIGNATURE ON FILE")]
    [InlineData("14", "03 02 26 431")]
    [InlineData("17", "DN OLIVER OTHER")]
    [InlineData("17b", "1234567893")]
    [InlineData("21", "0 J069 R05 R51 I10 E119")]
    [InlineData("22", "7 N7")]
    [InlineData("23", "A7")]
    [InlineData("24", "N400003029305 ML4")]
    [InlineData("24D", "99213 25 59 99213 25 59 99213 25 59 99213 25 59 99213 25 59 99213 25 59")]
    [InlineData("25", "123456789 X")]
    [InlineData("26", "C1")]
    [InlineData("28", "CONTINUED")]
    [InlineData("32", "TEST HOSPITAL 3 TEST STREET TESTVILLE OH 432150003")]
    [InlineData("33", "TEST GROUP 1 TEST STREET TESTVILLE OH 432150001")]
    [InlineData("33a", "1234567893")]
    public void A_box_has(string box, string text) => Assert.Equal(text, string.Join(' ', Cms1500.Pages(Full)[0].Fields.Where(f => f.Box == box).Select(f => f.Text)));

    [Fact]
    public void Eight_lines_are_two_pages_and_the_total_stands_on_the_last()
    {
        var pages = Cms1500.Pages(Full);

        Assert.Equal([6, 2], pages.Select(p => p.Fields.Count(f => f.Box == "24F")));
        Assert.Equal(["CONTINUED", "1204 00"], pages.Select(p => p.Fields.Single(f => f.Box == "28").Text));
        Assert.Equal(["25 00"], pages.SelectMany(p => p.Fields).Where(f => f.Box == "29").Select(f => f.Text));
        Assert.Equal(["AE"], pages.SelectMany(p => p.Fields).Where(f => f.Box == "24E").Select(f => f.Text).Distinct());
    }

    [Fact]
    public void Medicare_as_first_payer_says_that_there_is_none_before() =>
        Assert.Equal("NONE", Cms1500.Pages(Plain with { Coverage = Plain.Coverage with { FilingCode = "MB" } })[0].Fields.Single(f => f.Box == "11").Text);

    /// <summary>Ten columns and six lines an inch; the form begins 0.3 inches from the left and a third of an inch from above.</summary>
    [Theory]
    [InlineData("1a", 132.08, 38.1)]
    [InlineData("2", 7.62, 46.57)]
    [InlineData("26", 63.5, 241.3)]
    [InlineData("33a", 134.62, 262.47)]
    public void A_box_is_where_the_form_has_it(string box, double left, double top)
    {
        var field = Cms1500.Pages(Full)[0].Fields.First(f => f.Box == box);
        Assert.Equal((left, top), (Math.Round(field.Left, 2), Math.Round(field.Top, 2)));
    }

    /// <summary>Nothing stands outside of the paper or on another box's text.</summary>
    [Fact]
    public void No_two_texts_stand_on_each_other() => Assert.All(Cms1500.Pages(Full), page => Assert.All(page.Fields, field =>
    {
        Assert.InRange(field.Left + field.Width, 0, 215.9);
        Assert.InRange(field.Top + PaperField.LineHeight, 0, 279.4);
        Assert.DoesNotContain(page.Fields, other => other != field && other.Line == field.Line && other.Column >= field.Column && other.Column < field.Column + field.Text.Length);
    }));

    [Fact]
    public void Both_prints_are_read_back()
    {
        var labels = shared.Host.Services.GetRequiredService<ILabels>();
        var pages = Cms1500.Pages(Full);
        var data = PdfText.Pages(labels.Pdf("Claim", LabelSheet.LetterPage, [.. pages.Select(p => p.Data(0.5, -0.5))]));
        var plain = PdfText.Pages(labels.Pdf("Claim", LabelSheet.LetterPage, [.. pages.Select(p => p.Plain())]));

        // Moved half a millimeter to the right and up, for a printer that needs it.
        var (insured, field) = (PdfText.Placed(labels.Pdf("Claim", LabelSheet.LetterPage, [pages[0].Data(0.5, -0.5)]))[0].Single(t => t.Text.Trim() == "M1"), pages[0].Fields.Single(f => f.Box == "1a"));
        Assert.Equal((field.Left + 0.5) * 72 / 25.4, insured.Left, 1.0);
        Assert.InRange(insured.Baseline, (field.Top - 0.5) * 72 / 25.4, (field.Top - 0.5 + PaperField.LineHeight) * 72 / 25.4);
        Assert.Equal([(612.0, 792.0), (612.0, 792.0)], data.Select(p => (p.Width, p.Height)));
        Assert.Contains("NUNEZ,ANA,M", PdfText.Squeeze(data[0].Text), StringComparison.Ordinal);
        Assert.DoesNotContain("Insured", data[0].Text, StringComparison.Ordinal);
        Assert.Contains("21.Diagnoses", PdfText.Squeeze(plain[0].Text), StringComparison.Ordinal);
        Assert.Contains("Female", plain[0].Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Female", data[0].Text, StringComparison.Ordinal);
        Assert.Contains("120400", PdfText.Squeeze(plain[1].Text), StringComparison.Ordinal);
    }
}
