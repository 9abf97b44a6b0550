using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace Modular.Tests.Harness;

/// <summary>Reads the words of a PDF back, by the table of letters that each font in it carries: what a search or a screen reader finds.</summary>
public static partial class PdfText
{
    /// <summary>Text and size in points of every page.</summary>
    public static IReadOnlyList<(string Text, double Width, double Height)> Pages(byte[] pdf)
    {
        var file = Encoding.Latin1.GetString(pdf);
        var objects = Object().Matches(file).ToDictionary(m => m.Groups[1].Value, m => m);
        return [.. Kids(file, objects).Zip(Placed(pdf), (page, texts) =>
        {
            var size = Size().Match(page);
            return (string.Concat(texts.Select(t => t.Text)), Number(size, 1), Number(size, 2));
        })];
    }

    /// <summary>Every text of every page with its place: left edge and baseline in points from the upper left corner.</summary>
    public static IReadOnlyList<IReadOnlyList<(string Text, double Left, double Baseline)>> Placed(byte[] pdf)
    {
        var file = Encoding.Latin1.GetString(pdf);
        var objects = Object().Matches(file).ToDictionary(m => m.Groups[1].Value, m => m);
        var known = new Dictionary<string, Dictionary<string, Dictionary<string, string>>>();
        return [.. Kids(file, objects).Select(page =>
        {
            // Its own, or those that all pages share.
            var with = page.Contains("/Font <<", StringComparison.Ordinal) ? page : objects[Resources().Match(page).Groups[1].Value].Value;
            var fonts = known.TryGetValue(with, out var same) ? same : known[with] = Fonts().Match(with).Groups[1].Value.Split("0 R", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(f => f.Split(' ')).ToDictionary(f => f[0][1..], f => Letters(Inflate(objects[Unicode().Match(objects[f[1]].Value).Groups[1].Value], file, pdf)));
            var height = Number(Size().Match(page), 2);
            return (IReadOnlyList<(string, double, double)>)[.. Shown().Matches(Drawn(page, objects, file, pdf))
                .Select(m => (string.Concat(Codes().Matches(m.Groups[4].Value).Select(c => fonts[m.Groups[1].Value][c.Value])), Number(m, 2), height - Number(m, 3)))];
        })];
    }

    /// <summary>The black bars of every page: left, top, width and height in points from the upper left corner.</summary>
    public static IReadOnlyList<IReadOnlyList<(double Left, double Top, double Width, double Height)>> Bars(byte[] pdf)
    {
        var file = Encoding.Latin1.GetString(pdf);
        var objects = Object().Matches(file).ToDictionary(m => m.Groups[1].Value, m => m);
        return [.. Kids(file, objects).Select(page =>
        {
            var height = Number(Size().Match(page), 2);
            return (IReadOnlyList<(double, double, double, double)>)[.. Bar().Matches(Drawn(page, objects, file, pdf))
                .Select(m => (Number(m, 1), height - Number(m, 2) - Number(m, 4), Number(m, 3), Number(m, 4)))];
        })];
    }

    private static IEnumerable<string> Kids(string file, Dictionary<string, Match> objects) =>
        Reference().Matches(Regex.Match(file, @"/Kids \[(.*?)\]").Groups[1].Value).Select(kid => objects[kid.Groups[1].Value].Value);

    private static string Drawn(string page, Dictionary<string, Match> objects, string file, byte[] pdf) =>
        string.Concat(Reference().Matches(Content().Match(page).Groups[1].Value).Select(c => Inflate(objects[c.Groups[1].Value], file, pdf)));

    /// <summary>Without spaces: where a line ends differs, what it says does not.</summary>
    public static string Squeeze(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    private static string Inflate(Match o, string file, byte[] pdf)
    {
        var from = file.IndexOf("stream\n", o.Index, StringComparison.Ordinal) + 7;
        using var unpacked = new StreamReader(new ZLibStream(new MemoryStream(pdf, from, (int)Number(Length().Match(o.Value), 1)), CompressionMode.Decompress), Encoding.Latin1);
        return unpacked.ReadToEnd();
    }

    private static Dictionary<string, string> Letters(string map) =>
        Pair().Matches(map).ToDictionary(m => m.Groups[1].Value, m => Encoding.BigEndianUnicode.GetString(Convert.FromHexString(m.Groups[2].Value)));

    private static double Number(Match match, int group) => double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(\d+) 0 obj\n(<<.*?>>)\n(stream|endobj)", RegexOptions.Multiline)]
    private static partial Regex Object();

    [GeneratedRegex(@"/Font <<(.*?)>>")]
    private static partial Regex Fonts();

    [GeneratedRegex(@"/ToUnicode (\d+) 0 R")]
    private static partial Regex Unicode();

    [GeneratedRegex(@"/Contents (\[.*?\]|\d+ 0 R)")]
    private static partial Regex Content();

    [GeneratedRegex(@"(\d+) 0 R")]
    private static partial Regex Reference();

    [GeneratedRegex(@"/Resources (\d+) 0 R")]
    private static partial Regex Resources();

    [GeneratedRegex(@"/Length (\d+)")]
    private static partial Regex Length();

    [GeneratedRegex(@"/MediaBox \[0 0 ([\d.]+) ([\d.]+) \]")]
    private static partial Regex Size();

    [GeneratedRegex(@"/(\w+) [\d.]+ Tf ([\d.]+) ([\d.]+) Td <([0-9A-F]+)> Tj")]
    private static partial Regex Shown();

    [GeneratedRegex(@"([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) re f")]
    private static partial Regex Bar();

    [GeneratedRegex("[0-9A-F]{4}")]
    private static partial Regex Codes();

    [GeneratedRegex("<([0-9A-F]{4})> <([0-9A-F]+)>\n")]
    private static partial Regex Pair();
}
