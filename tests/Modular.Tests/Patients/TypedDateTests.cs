using Modular.Patients.Finding;

namespace Modular.Tests.Patients;

public sealed class TypedDateTests
{
    private static readonly DateOnly Today = new(2026, 11, 21);

    [Theory]
    [InlineData("1/5/48")]
    [InlineData("01/05/1948")]
    [InlineData("1-5-1948")]
    [InlineData("01.05.48")]
    [InlineData("1 5 1948")]
    [InlineData("010548")]
    [InlineData("01051948")]
    [InlineData("19480105")]
    [InlineData("1948-01-05")]
    [InlineData("1948/1/5")]
    [InlineData("Jan 5 1948")]
    [InlineData("January 5, 1948")]
    [InlineData("5 jan 48")]
    [InlineData("5-Jan-1948")]
    [InlineData("jan 5th, 1948")]
    public void A_birth_date_is_read_however_it_is_typed(string typed) =>
        Assert.Equal(new DateOnly(1948, 1, 5), TypedDate.Past(typed, Today));

    [Theory]
    [InlineData("11/21/26", 2026)]
    [InlineData("11/22/26", 1926)]
    [InlineData("010100", 2000)]
    public void Two_digits_of_a_birth_year_are_never_in_the_future(string typed, int year) =>
        Assert.Equal(year, TypedDate.Past(typed, Today)!.Value.Year);

    [Theory]
    [InlineData("13/13/1948")]
    [InlineData("02/29/2023")]
    [InlineData("2/30/48")]
    [InlineData("")]
    [InlineData("garcia")]
    [InlineData("12345")]
    [InlineData("5550123")]
    public void What_is_no_date_is_not_guessed(string typed) => Assert.Null(TypedDate.Past(typed, Today));

    [Fact]
    public void A_leap_day_in_two_digits_takes_the_century_that_has_it() =>
        Assert.Equal(new DateOnly(2000, 2, 29), TypedDate.Past("2/29/00", Today));

    [Fact]
    public void A_day_above_twelve_tells_day_and_month_apart() =>
        Assert.Equal(new DateOnly(1980, 12, 25), TypedDate.Past("25/12/1980", Today));

    [Theory]
    [InlineData("t", 0)]
    [InlineData("T", 0)]
    [InlineData("t+14", 14)]
    [InlineData("t-3", -3)]
    public void Today_is_one_letter(string typed, int days) => Assert.Equal(Today.AddDays(days), TypedDate.Near(typed, Today));
}
