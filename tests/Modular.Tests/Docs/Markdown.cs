using System.Text.RegularExpressions;
using Modular.Tests.Harness;

namespace Modular.Tests.Docs;

/// <summary>A fenced block of a page.</summary>
/// <param name="Snippet">Name of the source region it repeats; null without a marker above it.</param>
public sealed record Block(string File, int Line, string Language, string? Snippet, string Text);

/// <summary>Reads the pages of the repository.</summary>
public static partial class Markdown
{
    private static readonly string[] NotOurs = ["node_modules", "bin", "obj", ".git"];

    public static IEnumerable<string> Files { get; } = Walk(Repository.Root).Order(StringComparer.Ordinal).ToList();

    public static IEnumerable<string> SdkPages { get; } = Files.Where(f => f.StartsWith(Path.Combine(Repository.Root, "sdk", "docs"), StringComparison.Ordinal)).ToList();

    public static IEnumerable<Block> Blocks(string file)
    {
        var lines = File.ReadAllLines(file);
        for (var i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith("```", StringComparison.Ordinal))
            {
                continue;
            }

            var (start, language) = (i, lines[i][3..].Trim());
            var above = lines.Take(start).LastOrDefault(l => l.Trim().Length > 0) ?? "";
            var end = Array.FindIndex(lines, i + 1, l => l.StartsWith("```", StringComparison.Ordinal));
            i = end < 0 ? lines.Length : end;
            yield return new(Path.GetRelativePath(Repository.Root, file), start + 1, language,
                Marker().Match(above) is { Success: true } m ? m.Groups["name"].Value : null, string.Join('\n', lines[(start + 1)..i]));
        }
    }

    /// <summary>Addresses of links and pictures, without those in code.</summary>
    public static IEnumerable<string> Links(string file) =>
        Link().Matches(Code().Replace(File.ReadAllText(file), "")).Select(m => m.Groups["to"].Value);

    private static IEnumerable<string> Walk(string folder) => Directory.EnumerateFiles(folder, "*.md")
        .Concat(Directory.EnumerateDirectories(folder).Where(d => !NotOurs.Contains(Path.GetFileName(d))).SelectMany(Walk));

    [GeneratedRegex(@"^<!-- snippet: (?<name>[a-z-]+) -->$")]
    private static partial Regex Marker();

    [GeneratedRegex(@"\]\((?<to>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^```.*?^```|`[^`\n]+`", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Code();
}
