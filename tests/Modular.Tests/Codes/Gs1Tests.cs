using FsCheck;
using FsCheck.Fluent;
using Modular.Sdk;

namespace Modular.Tests.Codes;

/// <summary>What the code on a package says, and what is said when it cannot be read.</summary>
public sealed class Gs1Tests
{
    private static readonly DateOnly Today = new(2026, 6, 12);

    [Theory]
    [InlineData("(01)00312345678906(17)270200(10)A7-B(21)S/1")]
    [InlineData("(01) 00312345678906 (17) 270200 (10) A7-B (21) S/1")]
    [InlineData("010031234567890617270200" + "10A7-B\u001D21S/1")]
    [InlineData("]d2010031234567890610A7-B\u001D1727020021S/1\r\n")]
    [InlineData("]C1\u001D010031234567890621S/1\u001D17270200\u001D10A7-B\u001D")]
    public void Item_lot_expiry_and_serial_are_read_from_what_a_scanner_sends_and_from_print(string text)
    {
        var code = Gs1.Parse(text, Today);

        Assert.Null(code.Error);
        Assert.Equal(("00312345678906", "A7-B", "S/1", new DateOnly(2027, 2, 28)), (code.Gtin, code.Lot, code.Serial, code.ExpiresOn));
    }

    [Fact]
    public void Production_date_and_count_are_read_and_elements_nobody_asks_for_are_passed_over()
    {
        var code = Gs1.Parse("0195012345678903" + "11260131" + "15270101" + "3103001750" + "240PART\u001D" + "3024", Today);

        Assert.Null(code.Error);
        Assert.Equal(("95012345678903", new DateOnly(2026, 1, 31), 24), (code.Gtin, code.ProducedOn, code.Count));
        Assert.Null(code.ExpiresOn);
    }

    [Theory]
    [InlineData("270200", 2027, 2, 28)] // no day: the last of the month
    [InlineData("280200", 2028, 2, 29)]
    [InlineData("261200", 2026, 12, 31)]
    [InlineData("760101", 2076, 1, 1)] // 50 years ahead
    [InlineData("770101", 1977, 1, 1)] // 51 years ahead is the century before
    [InlineData("000229", 2000, 2, 29)]
    public void A_date_without_a_day_is_the_last_of_its_month_and_its_century_is_the_near_one(string date, int year, int month, int day) =>
        Assert.Equal(new DateOnly(year, month, day), Gs1.Parse($"(17){date}", Today).ExpiresOn);

    [Fact]
    public void Near_the_end_of_a_century_a_low_year_is_the_next() =>
        Assert.Equal(new DateOnly(2101, 3, 5), Gs1.Parse("17010305", new(2060, 1, 1)).ExpiresOn);

    [Theory]
    [InlineData(null, "Scan the code")]
    [InlineData(" ", "Scan the code")]
    [InlineData("ABC123", "This is no GS1 code")]
    [InlineData("(", "This is no GS1 code")]
    [InlineData("(01)00312345678907", "the last one would be 6")]
    [InlineData("(01)0031234567890", "has 14 digits; here it is “0031234567890”")]
    [InlineData("0100312345", "has 14 digits; here it is “00312345”")]
    [InlineData("(01)0031234567890X", "has 14 digits")]
    [InlineData("(01)٠٠٣١٢٣٤٥٦٧٨٩٠٦", "has 14 digits")]
    [InlineData("(17)261301", "there is no month 13")]
    [InlineData("(17)260001", "there is no month 00")]
    [InlineData("(11)260230", "month 2 of 2026 has 28 days")]
    [InlineData("(10)", "The lot number (10) is empty")]
    [InlineData("(10)123456789012345678901", "longer than 20 characters. The scanner may leave out the sign that ends it")]
    [InlineData("(21)S 1", "holds “ ”")]
    [InlineData("(30)", "has 1 to 8 digits")]
    [InlineData("(30)123456789", "has 1 to 8 digits")]
    [InlineData("(10)A(10)B", "two different lot numbers (10)")]
    [InlineData("(17)270101(17)270102", "two different expiry dates (17)")]
    [InlineData("(30)1(30)2", "two different counts (30)")]
    [InlineData("17270101é", "which begins no other")]
    public void What_cannot_be_read_is_said_in_a_sentence_and_nothing_is_taken_from_it(string? text, string said)
    {
        var code = Gs1.Parse(text, Today);

        Assert.Contains(said, code.Error, StringComparison.Ordinal);
        Assert.Equal((null, null, null, null, null, null), (code.Gtin, code.Lot, code.ProducedOn, code.ExpiresOn, code.Serial, code.Count));
    }

    [Fact]
    public void An_element_may_come_twice_if_it_says_the_same() => Assert.Equal("A", Gs1.Parse("(10)A(17)270101(10)A", Today).Lot);

    [Fact]
    public void Whatever_is_scanned_gets_a_reading_or_a_sentence() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text =>
        {
            foreach (var scanned in new[] { text, "01" + text, "(17)" + text, "]d2" + text, "10A\u001D" + text })
            {
                Assert.NotNull(Gs1.Parse(scanned, Today));
            }
        }).QuickCheckThrowOnFailure();
}
