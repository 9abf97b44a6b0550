using System.Globalization;

namespace Modular.Billing.X12;

/// <summary>A data element of version 005010.</summary>
/// <param name="Type">AN, ID, R, N0, DT, TM (appendix B.1.1.3.1).</param>
public sealed record ElementType(string Number, string Type, int Least, int Most)
{
    internal char Kind { get; } = Type[0];
}

/// <summary>A place in a segment: a data element, or a composite of several.</summary>
/// <param name="Repeats">It may stand several times, with the repetition separator between.</param>
public sealed record ElementPlace(ElementType? Simple, IReadOnlyList<ElementType?>? Components, bool Repeats);

/// <summary>What some elements of a segment demand of others (appendix B.1.1.3.9).</summary>
public sealed record SyntaxNote(char Kind, IReadOnlyList<int> Elements)
{
    /// <summary>A bit an element, as the elements that a segment has are counted.</summary>
    internal uint Bits { get; } = Elements.Aggregate(0u, (bits, element) => bits | (1u << element));

    internal uint First { get; } = 1u << Elements[0];
}

/// <summary>A segment as the standard has it, for every guide.</summary>
public sealed record SegmentType(string Id, IReadOnlyList<ElementPlace> Elements, IReadOnlyList<SyntaxNote> Notes)
{
    internal ElementPlace[] Places { get; } = [.. Elements];

    internal SyntaxNote[] Rules { get; } = [.. Notes];

    /// <summary>Where a date or time stands whose form the element before it names (1250, 1251).</summary>
    internal int[] Periods { get; } = [.. Enumerable.Range(2, Math.Max(0, Elements.Count - 1)).Where(i => Elements[i - 2].Simple?.Number == "1250"
        && Elements[i - 1].Simple?.Number == "1251")];
}

/// <summary>The segments and data elements of version 005010 that the guides here use: Tables/segments.txt and Tables/elements.txt, read
/// once.</summary>
public static class SegmentTable
{
    private static readonly Dictionary<string, ElementType> Elements = Lines("elements").ToDictionary(
        words => words[0], words => new ElementType(words[0], words[1], int.Parse(words[2], CultureInfo.InvariantCulture),
            int.Parse(words[3], CultureInfo.InvariantCulture)));

    private static readonly Dictionary<string, IReadOnlyList<ElementType?>> Composites = Lines("segments").Where(words => IsComposite(words[0]))
        .ToDictionary(words => words[0], IReadOnlyList<ElementType?> (words) => [.. words.Skip(1).Select(Elements.GetValueOrDefault)]);

    internal static Dictionary<string, SegmentType> ById { get; } = Lines("segments").Where(words => !IsComposite(words[0]))
        .ToDictionary(words => words[0], Read);

    /// <summary>By the segment's id.</summary>
    public static IReadOnlyDictionary<string, SegmentType> All => ById;

    /// <summary>Lists of codes that others keep: Tables/lists.txt.</summary>
    internal static IReadOnlyDictionary<string, HashSet<ulong>> Lists { get; } = Lines("lists").ToDictionary(words => words[0],
        words => words.Skip(1).Select(Codes.Pack).ToHashSet());

    /// <summary>A table of this folder, without its notes and empty lines.</summary>
    internal static IEnumerable<string> Text(string table)
    {
        using var stream = typeof(SegmentTable).Assembly.GetManifestResourceStream(table)
            ?? throw new InvalidOperationException($"The table {table} is not in the assembly.");
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n').Where(line => line.Trim().Length > 0 && line[0] != '#')];
    }

    private static IEnumerable<string[]> Lines(string table) => Text(table).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static bool IsComposite(string name) => name is ['C', >= '0' and <= '9', ..];

    private static SegmentType Read(string[] words)
    {
        var notes = words.Skip(1).Where(IsNote).Select(word => new SyntaxNote(word[0],
            [.. Enumerable.Range(0, (word.Length - 1) / 2).Select(i => int.Parse(word.AsSpan(1 + (2 * i), 2), CultureInfo.InvariantCulture))]));
        return new(words[0], [.. words.Skip(1).Where(word => !IsNote(word)).Select(Place)], [.. notes]);
    }

    private static bool IsNote(string word) => word[0] is 'P' or 'R' or 'L' or 'E' || (word[0] == 'C' && word.TrimEnd('+').Length >= 5);

    private static ElementPlace Place(string word)
    {
        var name = word.TrimEnd('+');
        return new(Elements.GetValueOrDefault(name), name[0] == 'C' ? Composites.GetValueOrDefault(name) ?? [] : null, name.Length < word.Length);
    }
}

/// <summary>Codes as numbers, so that bytes are compared without making text of them.</summary>
internal static class Codes
{
    public static ulong Pack(string code) => Pack(System.Text.Encoding.ASCII.GetBytes(code));

    /// <summary>Longer than eight bytes is no code of any list.</summary>
    public static ulong Pack(ReadOnlySpan<byte> code)
    {
        var packed = 0UL;
        if (code.Length <= 8)
        {
            foreach (var value in code)
            {
                packed = (packed << 8) | value;
            }
        }

        return packed;
    }
}
