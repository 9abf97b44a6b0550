using System.Text;
using Modular.Sdk;

namespace Modular.Tests.Sdk;

public sealed class TypedTests
{
    [Theory]
    [InlineData("9", "09:00")]
    [InlineData("930", "09:30")]
    [InlineData("2", "14:00")]
    [InlineData("2:15 pm", "14:15")]
    [InlineData("12a", "00:00")]
    [InlineData("14:05", "14:05")]
    public void A_time_without_am_or_pm_is_an_office_hour(string typed, string time) => Assert.Equal(TimeOnly.Parse(time), TypedTime.Read(typed));

    [Theory]
    [InlineData("25")]
    [InlineData("9:75")]
    [InlineData("noon")]
    public void What_is_no_time_is_refused(string typed) => Assert.Null(TypedTime.Read(typed));

    [Theory]
    [InlineData("30", 30)]
    [InlineData("$1,240.50", 1240.5)]
    [InlineData("(30)", -30)]
    [InlineData("30-", -30)]
    [InlineData(".5", 0.5)]
    public void An_amount_is_read_as_people_write_it(string typed, double amount) => Assert.Equal((decimal)amount, TypedMoney.Read(typed));

    [Theory]
    [InlineData("30 dollars")]
    [InlineData("1.2.3")]
    [InlineData("")]
    public void What_is_no_amount_is_refused(string typed) => Assert.Null(TypedMoney.Read(typed));

    [Theory]
    [InlineData("(555) 010-4471", "5550104471", "(555) 010-4471")]
    [InlineData("1-555-010-4471 x12", "5550104471x12", "(555) 010-4471 x12")]
    [InlineData("+44 20 7946 0123", "+442079460123", "+442079460123")]
    [InlineData("+1 555 010 4471", "5550104471", "(555) 010-4471")]
    public void A_phone_number_is_stored_one_way_and_shown_one_way(string typed, string stored, string shown)
    {
        Assert.Equal(stored, TypedPhone.Read(typed));
        Assert.Equal(shown, TypedPhone.Show(stored));
    }

    [Theory]
    [InlineData("555-0104")]
    [InlineData("0550104471")]
    [InlineData("none")]
    public void What_is_no_phone_number_is_refused(string typed) => Assert.Null(TypedPhone.Read(typed));

    [Fact]
    public void A_cell_of_an_export_is_never_a_formula_and_numbers_stay_numbers()
    {
        (string Name, decimal Balance)[] rows = [("=HYPERLINK(\"http://evil.example\")", -30m), ("Adler, \"Ruthie\"", 1240.5m), ("-5", 0m)];

        var text = Encoding.UTF8.GetString(Csv.Write(rows, ("Name", r => r.Name), ("Balance", r => r.Balance)));

        Assert.Equal(
            "\uFEFFName,Balance\r\n"
            + "\"'=HYPERLINK(\"\"http://evil.example\"\")\",-30\r\n"
            + "\"Adler, \"\"Ruthie\"\"\",1240.5\r\n"
            + "'-5,0\r\n", text);
    }
}
