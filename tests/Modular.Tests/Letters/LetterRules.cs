using Modular.Host.Letters;

namespace Modular.Tests.Letters;

/// <summary>What a text may say, and the sentence for what it may not, with its place.</summary>
public sealed class LetterRules
{
    [Theory]
    [InlineData("{{ patient.name }} {{ fax | phone }}", "Ana Rivera (555) 010-4455", "Ana Rivera (555) 010-4455")]
    [InlineData("{{ day }}", "Thursday, November 5, 2026", "jueves 5 de noviembre de 2026")]
    [InlineData("{{ day | date: \"long\" }}", "November 5, 2026", "5 de noviembre de 2026")]
    [InlineData("{{ day | date: \"short\" }}", "11/05/2026", "5 nov 2026")]
    [InlineData("{{ at }}, {{ at | time }}", "2:30 pm, 2:30 pm", "2:30 p. m., 2:30 p. m.")]
    [InlineData("{{ fee }}, {{ fee | number }}, {{ fee | money }}", "1,240.5, 1,240.5, $1,240.50", "1,240.5, 1,240.5, $1,240.50")]
    [InlineData("{{ urgent }}", "yes", "sí")]
    [InlineData("{{ patient.name | upcase }} {{ patient.name | downcase }}", "ANA RIVERA ana rivera", "ANA RIVERA ana rivera")]
    [InlineData("{{ fax | default: \"none\" }}", "5550104455", "5550104455")]
    [InlineData("{% if fax %}fax{% elsif urgent %}call{% else %}wait{% endif %}", "fax", "fax")]
    [InlineData("{% unless urgent and fee > 2000 %}calm{% endunless %}", "calm", "calm")]
    [InlineData("{% if (urgent and fee == 1240.5) or fax contains \"9\" %}yes{% endif %}", "yes", "yes")]
    [InlineData("{% case patient.sex %}{% when \"F\" %}she{% when \"M\", \"X\" %}they{% endcase %}", "she", "she")]
    [InlineData("{% for v in visits %}{{ v.what }}{% unless forloop.last %}, {% endunless %}{% else %}none{% endfor %}", "Check-up, Check-up", "Check-up, Check-up")]
    [InlineData("{{ visits.size }} {% comment %}not this{% endcomment %}x", "2 x", "2 x")]
    public void Words_are_put_in_as_the_language_of_the_letter_says_them(string text, string english, string spanish)
    {
        Assert.Equal(english, Desk.Write(text));
        Assert.Equal(spanish, Desk.Write(text, language: "es"));
    }

    [Fact]
    public void What_is_empty_is_asked_for_with_if_and_has_no_words_of_its_own()
    {
        const string text = "a{{ fax }}{{ day }}{{ fee | money }}{{ at | time }}{{ day | date }}{{ fax | phone | upcase }}{% if fax %}x{% endif %}{% if visits %}x{% endif %}{{ fax | default: \"!\" }}";

        Assert.Equal("a!", Desk.Write(text, new() { ["patient.name"] = "Ana", ["urgent"] = false, ["fax"] = " \t", ["visits"] = Array.Empty<Dictionary<string, object?>>() }));
    }

    [Fact]
    public void A_letter_without_what_it_needs_says_what_is_missing() =>
        Assert.Equal("! It needs what is empty: Patient's name, It is urgent.", Desk.Write("{{ fax }}", new() { ["patient.name"] = " " }));

    [Theory]
    [InlineData("{{ patient.nmae }}", "Line 1, column 4: “patient.nmae” is no word of this letter.")]
    [InlineData("a\n  b {{ zip }}", "Line 2, column 8: “zip” is no word of this letter.")]
    [InlineData("{% if x %}{% endif %}", "Line 1, column 7: “x” is no word of this letter.")]
    [InlineData("{{ patient }}", "Line 1, column 4: “patient” stands for several words: say which, such as patient.name.")]
    [InlineData("{{ visits }}", "Line 1, column 4: “visits” is a list: repeat it with {% for row in visits %}.")]
    [InlineData("{% for v in fax %}{% endfor %}", "Line 1, column 13: “fax” is no list of this letter. There are visits.")]
    [InlineData("{% for fax in visits %}{% endfor %}", "Line 1, column 8: “fax” is a word of this letter already; call a row of visits otherwise.")]
    [InlineData("{% for v in visits %}{{ v.who }}{% endfor %}", "Line 1, column 25: “v.who” is no word of this letter.")]
    [InlineData("{% for v in visits %}{% endfor %}{{ v.what }}", "Line 1, column 37: “v.what” is no word of this letter.")]
    [InlineData("{{ forloop.last }}", "Line 1, column 4: “forloop.last” is no word of this letter.")]
    [InlineData("{% for v in visits limit:1 %}{% endfor %}", "Line 1, column 20: “limit:1” cannot be used: a letter repeats whole lists.")]
    [InlineData("{{ fax | date }}", "Line 1, column 10: date is for a date, and stands behind a text.")]
    [InlineData("{{ day | date: \"lng\" }}", "Line 1, column 10: Behind date stands one of \"full\", \"long\", \"short\".")]
    [InlineData("{{ fax | default }}", "Line 1, column 10: Behind default stands a text in quotes: default: \"none\".")]
    [InlineData("{{ fax | phone: 3 }}", "Line 1, column 10: Nothing stands behind phone.")]
    [InlineData("{% if fee > day %}{% endif %}", "Line 1, column 7: “fee” is a number and “day” is a date: they cannot be compared.")]
    [InlineData("{% if fax %}", "Line 1, column 4: What begins here with {% is not ended: {% if %} needs {% endif %}, {% for %} needs {% endfor %}.")]
    [InlineData("a\n{{ fax", "Line 2, column 7: A {{ or {% is not closed before the end of the text.")]
    [InlineData("a\0", "Line 1, column 2: The character U+0000 cannot be printed.")]
    public void What_a_text_may_not_say_is_told_with_its_line_and_column(string text, string sentence) => Assert.Equal("! " + sentence, Desk.Write(text));

    [Fact]
    public void Every_unknown_word_is_told_not_only_the_first()
    {
        var problems = LetterTemplate.Read(Desk.Kind, "{{ one }}\n{% if two %}{{ fax }}{% else %}{{ patient.three }}{% endif %}").Problems;

        Assert.Equal(["“one”", "“two”", "“patient.three”"], problems.Select(p => p.Sentence.Split(' ')[0]));
    }

    [Theory]
    [InlineData("fax", 3)]
    [InlineData("day", "2026-11-05")]
    [InlineData("fee", 1.5d)]
    [InlineData("urgent", "yes")]
    [InlineData("visits", "none")]
    [InlineData("nobody", "x")]
    public void A_value_of_another_kind_is_a_mistake_of_the_module(string field, object value) =>
        Assert.Throws<ArgumentException>(() => Desk.Write("{{ fax }}", field, value));
}
