using System.ComponentModel.DataAnnotations;
using Modular.Sdk;

namespace Modular.Tests.Sdk;

/// <summary>A state is an enum in code, a word in the database, and something else to read.</summary>
public sealed class StatesTests
{
    private enum Sample
    {
        Booked,
        CheckedOut,
        [Display(Name = "No-show")] NoShow,
    }

    [Fact]
    public void A_state_is_kept_told_and_read_in_its_own_words()
    {
        Assert.Equal(["booked", "checked-out", "no-show"], Enum.GetValues<Sample>().Select(s => s.Text()));
        Assert.Equal(["Booked", "Checked out", "No-show"], Enum.GetValues<Sample>().Select(s => s.Title()));
        Assert.All(Enum.GetValues<Sample>(), s => Assert.Equal(s, States.Read<Sample>(s.Text())));
        Assert.Equal("checked-out Checked out", States.Choices<Sample>().Skip(1).Select(c => $"{c.Key} {c.Value}").First());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("CheckedOut")]
    [InlineData("1")]
    [InlineData("1' or true")]
    public void A_word_that_means_no_state_is_none(string? word)
    {
        Assert.Null(States.Find<Sample>(word));
        Assert.Throws<ArgumentException>(() => States.Read<Sample>(word ?? ""));
    }
}
