using System.Globalization;
using AngleSharp.Html.Parser;
using Modular.Host.Letters;
using Modular.Sdk;

namespace Modular.Tests.Letters;

/// <summary>
/// Whatever a text tries, the process lives, what it costs is bounded, and its end is a harmless letter or a sentence. Two walls hold it,
/// each tried alone: the words that a text may have, and the limits of writing one.
/// </summary>
public sealed class HostileTests
{
    private const long MostBytes = 400L * 1024 * 1024;

    public static TheoryData<string> Names => [.. Hostile.Texts.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_hostile_text_ends_in_a_sentence_or_in_a_harmless_letter(string name) => Bounded(() =>
    {
        var values = Full();

        var written = Desk.Write(Hostile.Texts[name], values);

        Assert.NotEqual("", written);
        if (!written.StartsWith("! ", StringComparison.Ordinal))
        {
            Harmless(written);
        }
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void A_hostile_text_is_kept_only_clean_and_tells_why_it_is_not(string name) => Bounded(() =>
    {
        var check = LetterTexts.Check(Desk.Kind, Hostile.Texts[name]);

        Assert.All(check.Problems, p => Assert.True(p is { Line: > 0, Column: > 0, Sentence.Length: > 10 }));
        if (check.Problems.Count == 0)
        {
            var written = Desk.Write(check.Text);
            Assert.DoesNotContain("Letters have no", written, StringComparison.Ordinal);
        }
    });

    /// <summary>As if the first wall were not there.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void The_limits_of_writing_hold_alone(string name) => Bounded(() =>
    {
        var text = Hostile.Texts[name];
        var parsed = LetterTemplate.Parse(text[..Math.Min(text.Length, LetterTemplate.Longest)]);
        if (parsed.HasErrors)
        {
            return;
        }

        var values = Full();
        var outcome = LetterWriter.Render(parsed, LetterValues.Of(Desk.Kind, values, out _), CultureInfo.GetCultureInfo("en-US"), new(), TimeProvider.System, default);

        Assert.True(outcome.Html is null ? outcome.Fault!.Sentence.Length > 10 : outcome.Html.Length <= new LetterLimits().Length);
        var said = outcome.Html ?? outcome.Fault!.Sentence;
        Assert.DoesNotContain("System.", said, StringComparison.Ordinal);
        Assert.DoesNotContain($"{TimeProvider.System.GetUtcNow():yyyy-MM-dd}", said, StringComparison.Ordinal);
    });

    [Fact]
    public void Each_limit_ends_in_its_sentence_and_no_letter_is_cut()
    {
        var values = Full();
        const string twice = "{% for a in visits %}{% for b in visits %}{{ b.what }}{% endfor %}{% endfor %}", once = "{% for a in visits %}{{ a.what }}{% endfor %}";

        Assert.EndsWith("The letter repeats too much.", Desk.Write(twice, values), StringComparison.Ordinal);
        Assert.EndsWith("The letter grows too long.", Desk.Write(once, values, limits: new() { Length = 5_000 }), StringComparison.Ordinal);
        Assert.EndsWith("The letter takes too long to write.", Desk.Write(once, values, limits: new() { Time = TimeSpan.Zero }), StringComparison.Ordinal);
        Assert.Equal(1_000 * "Check-up".Length, Desk.Write(once, values).Length);
        Assert.Equal("! Visits has more than 1,000 rows.", Desk.Write(once, "visits", Rows(int.MaxValue)));
        Assert.Equal("! Elements stand in one another more than 50 deep.", Desk.Write("{% for a in visits %}<b></i>{% endfor %}x", Full()));
        Assert.StartsWith("! What it should say has 600,027 characters", Desk.Write("{{ fax }}", "fax", new string('x', 600_000)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\" onclick=\"alert(1)")]
    [InlineData("</p></article><h1>Mine</h1>")]
    [InlineData("{{ date.now }}{% include 'x' %}")]
    [InlineData("&lt;script&gt;<!-- ]]> -->")]
    [InlineData("javascript:alert(1) +ADw-script+AD4-")]
    [InlineData("\uD800 half \uDC00")]
    public void A_hostile_value_is_read_as_it_was_typed_and_is_nothing_but_text(string value)
    {
        var page = new HtmlParser().ParseDocument(Desk.Write("<p>{{ patient.name }}</p>", "patient.name", value));

        Assert.Equal("P", Assert.Single(page.Body!.Children).TagName);
        Assert.Empty(page.Body.FirstElementChild!.Children);
        Assert.Equal(value.Replace('\uD800', '\uFFFD').Replace('\uDC00', '\uFFFD'), page.Body.TextContent);
    }

    [Fact]
    public void A_value_cannot_hide_in_a_line_or_turn_it_around() =>
        Assert.Equal("a b\tאבc", Desk.Write("{{ fax }}", "fax", "\u202Ea\0 \u2066b\t\u0007אב\u2069c\uFEFF"));

    [Fact]
    public void The_greatest_values_have_words()
    {
        Assert.Contains("79,228,162,514,264,337,593,543,950,335", Desk.Write("{{ fee | money }}{{ fee }}", "fee", decimal.MaxValue), StringComparison.Ordinal);
        Assert.Contains("9999", Desk.Write("{{ day }}{{ day | date: \"short\" }}", "day", DateOnly.MaxValue, "es"), StringComparison.Ordinal);
        Assert.Contains("0001", Desk.Write("{{ day | date: \"short\" }}", "day", DateOnly.MinValue), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Desk.Write("{{ fax }}", Enumerable.Range(0, 100_000).ToDictionary(i => $"f{i}", i => (object?)i)));
    }

    private static Dictionary<string, object?> Full() => new(Desk.Examples(Desk.Kind)) { ["visits"] = Rows(1_000) };

    private static IEnumerable<IReadOnlyDictionary<string, object?>> Rows(int many) =>
        Enumerable.Repeat<IReadOnlyDictionary<string, object?>>(new Dictionary<string, object?> { ["what"] = "Check-up" }, many);

    private static void Harmless(string html)
    {
        var page = new HtmlParser().ParseDocument("<article>" + html + "</article><i id=after></i>");
        Assert.Empty(page.QuerySelectorAll("script, style, img, a, form, input, button, link, svg, math, iframe, body body, plaintext"));
        Assert.All(page.QuerySelectorAll("article *"), e => Assert.All(e.Attributes, a => Assert.True(a.Name is "class" or "scope", $"{e.LocalName} {a.Name}")));
        Assert.Equal("BODY", page.QuerySelector("#after")!.ParentElement!.TagName);
    }

    /// <summary>On a stack as small as a server's threads may have, and with a bound on what it allocates.</summary>
    private static void Bounded(Action test)
    {
        Exception? failed = null;
        var bytes = 0L;
        var thread = new Thread(() =>
        {
            try
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                test();
                bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            }
            catch (Exception e)
            {
                failed = e;
            }
        }, 1024 * 1024);
        thread.Start();
        thread.Join();
        Assert.True(failed is null, failed?.ToString());
        Assert.InRange(bytes, 0, MostBytes);
    }
}
