using System.Globalization;
using AngleSharp.Html.Parser;
using FsCheck;
using FsCheck.Fluent;
using Modular.Host.Letters;

namespace Modular.Tests.Letters;

/// <summary>Laws of letters, over values and texts of every kind.</summary>
public sealed class LetterPropertyTests
{
    private static readonly string[] Pieces =
    [
        "{{ patient.name }}", "{{ fax | phone }}", "{{ day | date: \"short\" }}", "{{ fee | money }}", "{% if urgent %}", "{% else %}", "{% endif %}",
        "{% for v in visits %}", "{{ v.what }}", "{% endfor %}", "{% case patient.sex %}", "{% when \"F\" %}", "{% endcase %}", "{{", "}}", "{%", "%}", "\"", "'", "|", "(", ")", ".",
        "<p>", "</p>", "<table>", "<tr>", "<td>", "</table>", "<b>", "<script>", "</script>", "<!--", "-->", "<p class=\"", ">", "&lt;", "é", "\n", " ", "x", "nobody", "raw", "1..9", "=",
    ];

    [Fact]
    public void A_value_comes_out_as_the_text_it_was_and_never_as_anything_else() => Prop.ForAll(ArbMap.Default.ArbFor<string>(), value =>
    {
        var page = new HtmlParser().ParseDocument(Desk.Write("<p>a{{ fax }}b</p>", "fax", value));
        var expected = value is null ? "" : LetterText.Clean(string.Concat(value.EnumerateRunes())) ?? "";
        return page.QuerySelectorAll("body *").Length == 1 && page.Body!.TextContent == $"a{expected}b";
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void Any_text_is_written_the_same_every_time_or_refused_with_a_place() => Prop.ForAll(Texts(), text =>
    {
        var check = LetterTexts.Check(Desk.Kind, text);
        var written = Desk.Write(text);
        return check.Problems.All(p => p is { Line: > 0, Column: > 0 }) && written.Length > 0
            && (check.Problems.Count > 0 || !Desk.Write(check.Text).Contains("Letters have no", StringComparison.Ordinal))
            && written == Elsewhere(() => Desk.Write(text));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void A_text_that_was_read_once_is_written_by_many_at_a_time()
    {
        var template = LetterTemplate.Read(Desk.Kind, "{% for v in visits %}<p>{{ v.what }} {{ fax }} {{ day }} {{ fee | money }}</p>{% endfor %}");
        var written = Enumerable.Range(0, 200).AsParallel().WithDegreeOfParallelism(8).Select(i =>
        {
            var values = Desk.Examples(Desk.Kind);
            values["fax"] = $"number {i}";
            var html = LetterWriter.Write(template, LetterValues.Of(Desk.Kind, values, out _), i % 2 == 0 ? "en" : "es", new(), TimeProvider.System, default).Html!;
            return (i, html);
        }).ToList();

        Assert.All(written, w => Assert.Contains($"number {w.i} {(w.i % 2 == 0 ? "Thursday" : "jueves")}", w.html, StringComparison.Ordinal));
    }

    private static Arbitrary<string> Texts() => Gen.Elements(Pieces).ListOf().Select(string.Concat).ToArbitrary();

    /// <summary>On a machine whose own language and calendar are others.</summary>
    private static string Elsewhere(Func<string> write)
    {
        var here = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("th-TH");
            return write();
        }
        finally
        {
            CultureInfo.CurrentCulture = here;
        }
    }
}
