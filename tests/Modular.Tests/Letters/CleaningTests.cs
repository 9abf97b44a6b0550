using Modular.Host.Letters;

namespace Modular.Tests.Letters;

/// <summary>A text is cleaned when it is saved: what letters do not have goes, with a sentence; the rest stays as it was typed.</summary>
public sealed class CleaningTests
{
    [Theory]
    [InlineData("<table class=\"num\">\n{% for v in visits %}<tr><td>{{ v.what }}</td></tr>{% endfor %}\n</table>")]
    [InlineData("<p>a &amp; b &nbsp; “é”<br>{% if fee > 3 %}<b>x</b>{% endif %}</p>")]
    [InlineData("no element, <b>one</b>")]
    public void What_letters_have_stays_as_it_was_typed(string text)
    {
        var check = LetterTexts.Check(Desk.Kind, text);

        Assert.Equal((text, 0, 0), (check.Text, check.Problems.Count, check.Removed.Count));
    }

    [Fact]
    public void What_letters_do_not_have_goes_and_is_told_with_its_place()
    {
        var check = LetterTexts.Check(Desk.Kind, "<p style=\"color:red\" onclick=\"x()\">{{ fax }} <i>kept</i></p>\r\n<script>gone()</script><img src=x><p class=\"muted huge\">{{ day }}</p><!-- gone -->");

        Assert.Equal("<p>{{ fax }} kept</p>\n<p class=\"muted\">{{ day }}</p>", check.Text);
        Assert.Empty(check.Problems);
        Assert.Equal(
        [
            "Line 1, column 1: <p> in letters has no onclick.", "Line 1, column 1: <p> in letters has no style.", "Line 1, column 46: Letters have no <i>.",
            "Line 2, column 1: Letters have no <script>.", "Line 2, column 24: Letters have no <img>.",
            "Line 2, column 35: Letters have no class “huge”; there are defs, muted, nowrap, num, strong, wording.",
        ], check.Removed.Select(r => r.ToString()).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("<p {{ fax }}>x</p>", 4)]
    [InlineData("<p class=\"{{ fax }}\">x</p>", 11)]
    [InlineData("<script>{{ fax }}</script>", 9)]
    public void Words_that_stand_in_a_tag_or_in_what_goes_are_a_problem(string text, int column)
    {
        var check = LetterTexts.Check(Desk.Kind, text);

        Assert.Contains(check.Problems, p => (p.Line, p.Column) == (1, column) && p.Sentence.StartsWith("“{{ fax }}” stands in a tag", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("  \n ", "Line 1, column 1: The text is empty.")]
    [InlineData("<p>{{ zip }}</p>", "Line 1, column 7: “zip” is no word of this letter.")]
    public void A_text_that_cannot_be_written_cannot_be_kept(string text, string sentence) =>
        Assert.Equal(sentence, Assert.Single(LetterTexts.Check(Desk.Kind, text).Problems).ToString());

    [Fact]
    public void Cleaning_twice_is_cleaning_once()
    {
        var once = LetterTexts.Check(Desk.Kind, "<div><span>a</span><p align=right>{{ fax }}<table><tr><td><u>x</u>{% for v in visits %}<tr><td>{{ v.what }}{% endfor %}</table>");

        Assert.NotEmpty(once.Removed);
        Assert.Equal((once.Text, 0, 0), (LetterTexts.Check(Desk.Kind, once.Text) is var twice ? twice.Text : "", twice.Problems.Count, twice.Removed.Count));
    }

    [Fact]
    public void What_reaches_the_database_uncleaned_is_not_printed() =>
        Assert.Equal("! Letters have no <script>.", Desk.Write("<p>{{ fax }}</p><script>x()</script>"));
}
