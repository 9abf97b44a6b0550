using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Ganss.Xss;

namespace Modular.Host.Letters;

/// <summary>
/// The HTML that letters have: a closed list of elements and classes, each of which prints well on paper and as a PDF. A text is
/// cleaned when it is saved; what is written is cleaned once more, so that no play with words around tags puts another element in.
/// </summary>
internal static partial class LetterHtml
{
    private static readonly string[] Elements =
        ["b", "br", "dd", "div", "dl", "dt", "h1", "h2", "h3", "li", "ol", "p", "small", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul"];

    private static readonly string[] Classes = ["defs", "muted", "nowrap", "num", "strong", "wording"];

    /// <summary>What word processors put around words: it goes, the words stay. Everything else goes with what is in it.</summary>
    private static readonly HashSet<string> Wrappers =
        ["a", "abbr", "address", "article", "blockquote", "body", "caption", "center", "cite", "code", "em", "figure", "font", "footer", "form",
         "h4", "h5", "h6", "header", "html", "i", "label", "main", "mark", "pre", "q", "s", "section", "span", "strike", "sub", "sup", "tfoot", "u"];

    private const int Most = 20;

    /// <summary>What is read after this is read ever more slowly, and nobody writes it.</summary>
    private const int Deepest = 50;

    private const string Page = "<!doctype html><body>";

    /// <summary>The letter as it may go out, and what had to be taken away for it.</summary>
    public static (string Html, IReadOnlyList<LetterProblem> Removed) Clean(string html) => Clean(html, html, _ => false, offset => offset);

    /// <summary>A text as it may be kept: as it is when nothing has to be taken away. Words that stand in a tag, or in what goes, are lost.</summary>
    public static (string Text, IReadOnlyList<LetterProblem> Removed, IReadOnlyList<LetterProblem> Lost) CleanText(string text)
    {
        // A comment may stand everywhere between elements, in a table too, out of which the words themselves would be moved.
        var begin = "w";
        while (text.Contains("<!--" + begin, StringComparison.Ordinal))
        {
            begin += "w";
        }

        var words = Words().Matches(text);
        var (marked, last) = (new StringBuilder(), 0);
        var places = new List<(int Marked, int Text)> { (0, 0) };
        for (var i = 0; i < words.Count; i++)
        {
            marked.Append(text, last, words[i].Index - last);
            places.Add((marked.Length, words[i].Index));
            marked.Append(CultureInfo.InvariantCulture, $"<!--{begin}{i}-->");
            last = words[i].Index + words[i].Length;
            places.Add((marked.Length, last));
        }

        marked.Append(text, last, text.Length - last);
        var (clean, removed) = Clean(marked.ToString(), text, c => c.StartsWith(begin, StringComparison.Ordinal), offset =>
        {
            var (from, to) = places.Last(p => p.Marked <= offset);
            return to + offset - from;
        });
        var kept = new HashSet<int>();
        var back = Marks().Replace(clean, mark =>
        {
            if (!mark.Groups[1].ValueSpan.SequenceEqual(begin))
            {
                return mark.Value;
            }

            var word = int.Parse(mark.Groups[2].ValueSpan, CultureInfo.InvariantCulture);
            kept.Add(word);
            return words[word].Value;
        });
        var lost = words.Where((_, i) => !kept.Contains(i))
            .Select(w => LetterProblem.At(text, w.Index,
                $"“{w.Value.ReplaceLineEndings(" ")}” stands in a tag, or in an element that letters do not have."));
        return (removed.Count == 0 ? text : back, removed, [.. lost.Take(Most)]);
    }

    private static (string Html, IReadOnlyList<LetterProblem> Removed) Clean(string html, string text, Func<string, bool> mark, Func<int, int> place)
    {
        var removed = new List<LetterProblem>();
        if (TooDeep(html))
        {
            // The words are lost with it, so that such a text is not kept either.
            return ("", [new(1, 1, $"Elements stand in one another more than {Deepest} deep.")]);
        }

        void Tell(IElement of, string what, string name = "")
        {
            // Words in a tag are told as lost, by their own name.
            if (removed.Count < Most && !name.Contains("<!--", StringComparison.Ordinal))
            {
                removed.Add(LetterProblem.At(text, place(Math.Max((of.SourceReference?.Position.Index ?? 0) - Page.Length, 0)), what));
            }
        }

        var sanitizer = new HtmlSanitizer(new HtmlSanitizerOptions
        {
            AllowedTags = new HashSet<string>(Elements),
            AllowedAttributes = new HashSet<string> { "class", "scope" },
            AllowedClasses = new HashSet<string>(Classes),
        })
        {
            KeepChildNodes = true,
        };
        sanitizer.RemovingComment += (_, e) => e.Cancel = mark(e.Comment.Data);
        sanitizer.RemovingTag += (_, e) =>
        {
            Tell(e.Tag, $"Letters have no <{e.Tag.LocalName}>.", e.Tag.LocalName);
            if (!Wrappers.Contains(e.Tag.LocalName))
            {
                e.Tag.InnerHtml = "";
            }
        };
        sanitizer.RemovingAttribute += (_, e) =>
            Tell(e.Tag, $"<{e.Tag.LocalName}> in letters has no {e.Attribute.Name}.", e.Attribute.Name + e.Attribute.Value);
        sanitizer.RemovingCssClass += (_, e) =>
            Tell(e.Tag, $"Letters have no class “{e.CssClass}”; there are {string.Join(", ", Classes)}.", e.CssClass);
        var page = new HtmlParser(new HtmlParserOptions { IsKeepingSourceReferences = true }).ParseDocument(Page + html);
        sanitizer.SanitizeDom(page, page.Body);
        return (page.Body!.InnerHtml, removed);
    }

    private static bool TooDeep(string html)
    {
        var (open, depth) = (new Dictionary<string, int>(), 0);
        foreach (Match tag in Tags().Matches(html))
        {
            var name = tag.Groups["name"].Value.ToLowerInvariant();
            var step = tag.Groups["end"].Length == 0 ? 1 : -1;
            // An end without its beginning ends nothing, and these end by themselves.
            if (name is not ("br" or "p" or "li" or "dt" or "dd" or "tr" or "td" or "th" or "thead" or "tbody")
                && (step > 0 || open.GetValueOrDefault(name) > 0))
            {
                open[name] = open.GetValueOrDefault(name) + step;
                depth += step;
            }

            if (depth > Deepest)
            {
                return true;
            }
        }

        return false;
    }

    [GeneratedRegex("<(?<end>/?)(?<name>[a-zA-Z][^\\s/>]*)")]
    private static partial Regex Tags();

    [GeneratedRegex("<!--(w+)([0-9]+)-->")]
    private static partial Regex Marks();

    [GeneratedRegex(@"\{\{.*?\}\}|\{%.*?%\}", RegexOptions.Singleline)]
    private static partial Regex Words();
}
