using System.Text.RegularExpressions;
using System.Xml.Linq;
using Modular.Tests.Harness;

namespace Modular.Tests.Architecture;

/// <summary>What a patient reads exists in every language, with the same places to fill, and no text is left that nobody shows.</summary>
public sealed partial class PatientTextTests
{
    public static TheoryData<string> Modules => [.. new[] { "modules", "host" }.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "Texts.resx", SearchOption.AllDirectories))
        .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal))
        .Select(f => Path.GetRelativePath(Repository.Root, Path.GetDirectoryName(Path.GetDirectoryName(f))!))];

    [Theory]
    [MemberData(nameof(Modules))]
    public void Every_text_is_there_in_english_and_in_spanish_with_the_same_places(string module)
    {
        var (english, spanish) = (Read(module, "Texts.resx"), Read(module, "Texts.es.resx"));

        Assert.NotEmpty(english);
        Assert.Equal(english.Keys.Order(), spanish.Keys.Order());
        Assert.All(english.Values.Concat(spanish.Values), text => Assert.False(string.IsNullOrWhiteSpace(text)));
        Assert.Equal(english.OrderBy(t => t.Key).Select(t => Places(t.Key, t.Value)), spanish.OrderBy(t => t.Key).Select(t => Places(t.Key, t.Value)));
    }

    [Theory]
    [MemberData(nameof(Modules))]
    public void Every_text_is_shown_and_every_text_shown_exists(string module)
    {
        // The host has one set of texts for all its rooms.
        var folder = Path.Combine(Repository.Root, module.StartsWith("host/", StringComparison.Ordinal) ? "host" : module);
        var used = Directory.EnumerateFiles(folder, "*.cs*", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/tests/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal) && (f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".cshtml", StringComparison.Ordinal)))
            .Select(File.ReadAllText).Where(text => text.Contains("PatientTexts", StringComparison.Ordinal) || text.Contains(".Texts;", StringComparison.Ordinal))
            .SelectMany(text => Used().Matches(text).Select(m => m.Groups["name"].Value)).ToHashSet();

        Assert.Equal(Read(module, "Texts.resx").Keys.Order(), used.Order());
    }

    private static string Places(string name, string text) => $"{name} {string.Join(' ', Place().Matches(text).Select(m => m.Value).Order())}";

    private static Dictionary<string, string> Read(string module, string file) =>
        XDocument.Load(Path.Combine(Repository.Root, module, "Texts", file)).Root!.Elements("data").ToDictionary(d => d.Attribute("name")!.Value, d => d.Element("value")!.Value);

    [GeneratedRegex("""\b(t|texts)(\[|\.Say\()"(?<name>[A-Z]\w*)""")]
    private static partial Regex Used();

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Place();
}
