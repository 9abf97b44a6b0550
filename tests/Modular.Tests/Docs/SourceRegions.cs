using System.Text.RegularExpressions;
using Modular.Tests.Harness;

namespace Modular.Tests.Docs;

/// <summary>
/// What stands between <c>// snippet: name</c> and <c>// end</c> in these folders' sources; regions may hold regions. And what the template
/// makes of its files when the module is called Referrals: <c>made-</c> and the name of the class or of the test.
/// </summary>
public static partial class SourceRegions
{
    public static IReadOnlyDictionary<string, string> All { get; } = Directory
        .EnumerateFiles(Path.Combine(Repository.Root, "tests", "Modular.Tests", "Docs"), "*.cs")
        .SelectMany(Read).ToDictionary(r => r.Name, r => r.Text);

    /// <summary>Compiled and run where the template is used, by the tests of the four commands.</summary>
    public static IReadOnlyDictionary<string, string> Made { get; } = Directory
        .EnumerateFiles(Path.Combine(Repository.Root, "sdk", "Modular.Templates", "content"), "*.cs", SearchOption.AllDirectories)
        .Select(File.ReadAllText).Select(text => text.Replace("Newmodule", "Referrals", StringComparison.Ordinal).Replace("newmodule", "referrals", StringComparison.Ordinal))
        .SelectMany(text => Types(text).Concat(Tests(text))).DistinctBy(r => r.Name).ToDictionary(r => r.Name, r => r.Text);

    public static string? Find(string name) => All.GetValueOrDefault(name) ?? Made.GetValueOrDefault(name);

    /// <summary>A file without its usings and namespace, under the name of its last type.</summary>
    private static IEnumerable<(string Name, string Text)> Types(string text) =>
        from match in new[] { TypeName().Matches(text).LastOrDefault() }
        where match is not null
        let begin = text.IndexOf(";\n\n", text.IndexOf("\nnamespace ", StringComparison.Ordinal) + 1, StringComparison.Ordinal)
        select ("made-" + Modular.Sdk.Names.Kebab(match.Groups["name"].Value), text[(begin + 2)..]);

    /// <summary>Each test by itself.</summary>
    private static IEnumerable<(string Name, string Text)> Tests(string text) =>
        TestMethod().Matches(text).Select(m => ("made-" + m.Groups["name"].Value.Replace('_', '-').ToLowerInvariant(), m.Value));

    private static IEnumerable<(string Name, string Text)> Read(string file)
    {
        var open = new Stack<(string Name, List<string> Lines)>();
        foreach (var line in File.ReadLines(file))
        {
            if (Begin().Match(line) is { Success: true } begin)
            {
                open.Push((begin.Groups["name"].Value, []));
            }
            else if (line.Trim() == "// end")
            {
                var (name, lines) = open.Pop();
                yield return (name, string.Join('\n', lines));
            }
            else
            {
                foreach (var (_, lines) in open)
                {
                    lines.Add(line);
                }
            }
        }

        Assert.True(open.Count == 0, $"{file}: a snippet has no end.");
    }

    [GeneratedRegex(@"^public (sealed |static )?(class|record) (?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex TypeName();

    [GeneratedRegex(@"^    \[(Fact|Theory)\]\n(    \[.*\n)*    public .* (?<name>\w+)\(.*\)\n    \{\n(.*\n)*?    \}$", RegexOptions.Multiline)]
    private static partial Regex TestMethod();

    [GeneratedRegex("^ *// snippet: (?<name>[a-z-]+)$")]
    private static partial Regex Begin();
}
