using Modular.Patients.Search;

namespace Modular.Tests.Patients;

public sealed class PatientQueryTests
{
    private static readonly DateOnly Today = new(2026, 11, 21);

    [Fact]
    public void Three_letters_and_a_birth_date_are_a_word_and_a_number_that_may_be_a_date()
    {
        var query = PatientQuery.Parse("gar 010548", Today);

        Assert.Equal(["gar"], query.Words);
        Assert.Equal(new NumberTyped("010548", new DateOnly(1948, 1, 5)), Assert.Single(query.Numbers));
    }

    [Theory]
    [InlineData("Garcia, Maria 1/5/1948")]
    [InlineData("1948-01-05 garcia maria")]
    [InlineData("garcia Jan 5, 1948 maria")]
    public void A_date_is_taken_out_wherever_it_stands(string typed)
    {
        var query = PatientQuery.Parse(typed, Today);

        Assert.Equal([new DateOnly(1948, 1, 5)], query.BirthDates);
        Assert.Equal(2, query.Words.Count);
        Assert.Empty(query.Numbers);
    }

    [Theory]
    [InlineData("1/5/48")]
    [InlineData("01-05-1948")]
    [InlineData("01.05.48")]
    [InlineData("1948/1/5")]
    [InlineData("Jan 5 1948")]
    [InlineData("5 January 1948")]
    [InlineData("5-Jan-1948")]
    public void A_date_is_known_in_any_usual_form(string typed) =>
        Assert.Equal([new DateOnly(1948, 1, 5)], PatientQuery.Parse($"gar {typed}", Today).BirthDates);

    [Theory]
    [InlineData("010548")]
    [InlineData("01051948")]
    [InlineData("19480105")]
    public void A_run_of_digits_may_be_a_date(string typed) =>
        Assert.Equal(new DateOnly(1948, 1, 5), Assert.Single(PatientQuery.Parse(typed, Today).Numbers).BirthDate);

    [Fact]
    public void Two_digits_of_a_birth_year_are_never_in_the_future() =>
        Assert.Equal([new DateOnly(1926, 11, 22)], PatientQuery.Parse("11/22/26", Today).BirthDates);

    [Theory]
    [InlineData("(555) 012-3456", "5550123456")]
    [InlineData("555-012-3456", "5550123456")]
    [InlineData("555.012.3456", "5550123456")]
    [InlineData("012-3456", "0123456")]
    [InlineData("5550123456", "5550123456")]
    public void A_phone_is_one_number_however_it_is_broken_up(string typed, string digits) =>
        Assert.Equal(digits, Assert.Single(PatientQuery.Parse(typed, Today).Numbers).Text);

    [Fact]
    public void An_apostrophe_joins_and_a_hyphen_parts() =>
        Assert.Equal(["OBrien", "Garcia", "Lopez"], PatientQuery.Parse("O'Brien Garcia-Lopez", Today).Words);

    [Fact]
    public void A_record_number_with_its_prefix_is_a_number() =>
        Assert.Equal("n-1001", Assert.Single(PatientQuery.Parse("N-1001", Today).Numbers).Text);

    [Fact]
    public void Signs_alone_find_nobody_in_particular() => Assert.True(PatientQuery.Parse(" %_ ' -- ", Today).IsEmpty);
}
