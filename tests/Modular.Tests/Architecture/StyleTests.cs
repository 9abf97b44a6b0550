using System.Text.RegularExpressions;
using Modular.Tests.Harness;

namespace Modular.Tests.Architecture;

public sealed partial class StyleTests
{
    /// <summary>The sheets of a theme become one file: a word that two of them use for two things breaks a page that nobody touched.</summary>
    [Fact]
    public void No_class_is_described_by_two_style_sheets()
    {
        var described =
            from file in Directory.GetFiles(Path.Combine(Repository.Root, "themes", "default"), "*.css")
            from name in Described(Comment().Replace(File.ReadAllText(file), ""))
            group Path.GetFileName(file) by name into sheets
            where sheets.Distinct().Count() > 1
            select $"{sheets.Key}: {string.Join(", ", sheets.Distinct().Order())}";

        Assert.Empty(described);
    }

    [Fact]
    public void A_class_is_described_where_it_stands_alone_and_under_no_condition() =>
        Assert.Equal([".one", ".two"], Described("@layer parts { .one, .two { a: b; } .one .three { a: b; } .four.five { a: b; } @media print { .six { a: b; } } }"));

    /// <summary>Classes that a rule is about as a whole; what a paper, a width or a support changes is left out.</summary>
    private static List<string> Described(string css)
    {
        var (open, found) = (new Stack<string>(), new List<string>());
        foreach (Match part in Part().Matches(css))
        {
            if (part.Groups["mark"].Value == "{")
            {
                open.Push(part.Groups["before"].Value.Trim());
            }
            else if (open.TryPop(out var rule) && !open.Any(around => Condition().IsMatch(around)))
            {
                found.AddRange(rule.Split(',', StringSplitOptions.TrimEntries).Where(selector => Alone().IsMatch(selector)));
            }
        }

        return found;
    }

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"(?<before>[^{}]*)(?<mark>[{}])")]
    private static partial Regex Part();

    [GeneratedRegex("^@(media|supports|container)")]
    private static partial Regex Condition();

    [GeneratedRegex(@"^\.[\w-]+$")]
    private static partial Regex Alone();
}
