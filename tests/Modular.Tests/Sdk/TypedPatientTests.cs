using Modular.Sdk;

namespace Modular.Tests.Sdk;

public sealed class TypedPatientTests
{
    private static readonly DateOnly Today = new(2026, 6, 10);

    [Theory]
    [InlineData("Gar 010548", "gar", "1948-01-05")]
    [InlineData("1/5/1948, José", "jose", "1948-01-05")]
    [InlineData("(555) 010-7777", "555|0107777", null)]
    [InlineData("O%_ \\x", "o|x", null)]
    public void Words_and_a_birth_date_are_told_apart_and_hold_no_pattern_of_their_own(string typed, string words, string? born)
    {
        var read = TypedPatient.Read(typed, Today);

        Assert.Equal(words.Split('|'), read.Words);
        Assert.Equal(born is null ? null : DateOnly.Parse(born, System.Globalization.CultureInfo.InvariantCulture), read.BirthDate);
        Assert.Equal(read.Words.Select(w => $"% {w}%"), read.Patterns);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("g", false)]
    [InlineData("%_%", false)]
    [InlineData("ga", true)]
    [InlineData("010548", true)]
    public void Two_letters_or_a_birth_date_are_enough_to_look(string? typed, bool enough) => Assert.Equal(enough, TypedPatient.Read(typed, Today).IsEnough);
}
