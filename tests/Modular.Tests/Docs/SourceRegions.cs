using System.Text.RegularExpressions;
using Modular.Tests.Harness;

namespace Modular.Tests.Docs;

/// <summary>What stands between <c>// snippet: name</c> and <c>// end</c> in these folders' sources; regions may hold regions.</summary>
public static partial class SourceRegions
{
    public static IReadOnlyDictionary<string, string> All { get; } = Directory
        .EnumerateFiles(Path.Combine(Repository.Root, "tests", "Modular.Tests", "Docs"), "*.cs")
        .SelectMany(Read).ToDictionary(r => r.Name, r => r.Text);

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

    [GeneratedRegex("^ *// snippet: (?<name>[a-z-]+)$")]
    private static partial Regex Begin();
}
