using Modular.Host.Letters;

namespace Modular.Tests.Letters;

/// <summary>How one text became another.</summary>
public sealed class TextDifferenceRules
{
    [Theory]
    [InlineData("a\nb\nc", "a\nb\nc", "=a =b =c")]
    [InlineData("a\nb\nc", "a\nx\nc", "=a -b +x =c")]
    [InlineData("a\nc", "a\nb\nc", "=a +b =c")]
    [InlineData("a\nb", "b", "-a =b")]
    [InlineData("a\nb\na\nc", "b\na\nd\nc", "-a =b =a +d =c")]
    [InlineData("a\r\nb", "a\nb", "=a =b")]
    public void What_is_gone_stands_before_what_took_its_place(string before, string after, string lines) => Assert.Equal(lines, Words(before, after));

    [Fact]
    public void Both_texts_can_be_read_back_from_their_difference_however_long_they_are()
    {
        var luck = new Random(5);
        foreach (var size in (int[])[0, 1, 5, 40, 3000])
        {
            var (before, after) = (Text(luck, size), Text(luck, size));

            var lines = TextDifference.Of(before, after);

            Assert.Equal(before, string.Join('\n', lines.Where(l => l.Change <= 0).Select(l => l.Text)));
            Assert.Equal(after, string.Join('\n', lines.Where(l => l.Change >= 0).Select(l => l.Text)));
        }
    }

    private static string Text(Random luck, int lines) => string.Join('\n', Enumerable.Range(0, lines).Select(_ => $"line {luck.Next(50)}"));

    private static string Words(string before, string after) =>
        string.Join(' ', TextDifference.Of(before, after).Select(l => (l.Change switch { > 0 => "+", < 0 => "-", _ => "=" }) + l.Text));
}
