using FsCheck;
using FsCheck.Fluent;
using Modular.Sdk;

namespace Modular.Tests.Sdk;

public sealed class TypedDateTests
{
    private static readonly DateOnly Today = new(2026, 11, 21);

    [Theory]
    [InlineData("t", "2026-11-21")]
    [InlineData("today", "2026-11-21")]
    [InlineData("T+14", "2026-12-05")]
    [InlineData("t-1", "2026-11-20")]
    [InlineData("t + 2 w", "2026-12-05")]
    [InlineData("3w", "2026-12-12")]
    [InlineData("6m", "2027-05-21")]
    [InlineData("1y", "2027-11-21")]
    [InlineData("2026-11-30", "2026-11-30")]
    [InlineData("11/30/2026", "2026-11-30")]
    [InlineData("11.30.26", "2026-11-30")]
    [InlineData("11-30", "2026-11-30")]
    [InlineData("113026", "2026-11-30")]
    [InlineData("11302026", "2026-11-30")]
    [InlineData("Nov 30", "2026-11-30")]
    [InlineData("30 Nov 26", "2026-11-30")]
    [InlineData("November 30th, 2026", "2026-11-30")]
    public void A_date_is_read_in_every_usual_way(string typed, string date) =>
        Assert.Equal((DateOnly.Parse(date), null), TypedDate.Read(typed, Today));

    [Theory]
    [InlineData("010548", "1948-01-05")]
    [InlineData("1/5/48", "1948-01-05")]
    [InlineData("Jan 5 1948", "1948-01-05")]
    [InlineData("5 jan 48", "1948-01-05")]
    [InlineData("112126", "2026-11-21")]
    [InlineData("112226", "1926-11-22")]
    [InlineData("12/1", "2025-12-01")]
    public void A_birth_year_of_two_digits_is_never_in_the_future(string typed, string date) =>
        Assert.Equal((DateOnly.Parse(date), null), TypedDate.Read(typed, Today, birth: true));

    [Theory]
    [InlineData("13/04/88", "13 is not a month.")]
    [InlineData("2/30/2026", "February has no day 30.")]
    [InlineData("2/29/2026", "February has no day 29 that year.")]
    [InlineData("yesterday-ish", TypedDate.Hint)]
    [InlineData("", TypedDate.Hint)]
    [InlineData("t+9999y", TypedDate.Hint)]
    public void What_is_no_date_is_refused_with_a_sentence(string typed, string sentence) =>
        Assert.Equal(((DateOnly?)null, sentence), TypedDate.Read(typed, Today));

    [Fact]
    public void A_birth_in_the_future_is_refused() =>
        Assert.Equal(((DateOnly?)null, TypedDate.Future), TypedDate.Read("11/22/2026", Today, birth: true));

    [Fact]
    public void Every_birth_of_the_last_hundred_years_survives_six_digits() =>
        Check(0, 36_500, days => TypedDate.Read(Today.AddDays(-days).ToString("MMddyy"), Today, birth: true).Date == Today.AddDays(-days));

    [Fact]
    public void Every_date_survives_the_way_forms_show_it() =>
        Check(-200_000, 200_000, days => TypedDate.Read(Said.ShortDay(Today.AddDays(days)), Today).Date == Today.AddDays(days));

    [Fact]
    public void Days_from_today_add_up() =>
        Check(-9999, 9999, n => TypedDate.Read($"t{(n < 0 ? "-" : "+")}{Math.Abs(n)}", Today).Date == Today.AddDays(n));

    [Fact]
    public void Nothing_typed_as_a_birth_is_ever_read_as_a_day_to_come() =>
        Prop.ForAll(Gen.Choose(0, 999_999).ToArbitrary(), n => TypedDate.Read($"{n:000000}", Today, birth: true).Date is not { } date || date <= Today).QuickCheckThrowOnFailure();

    private static void Check(int from, int to, Func<int, bool> law) => Prop.ForAll(Gen.Choose(from, to).ToArbitrary(), law).QuickCheckThrowOnFailure();
}
