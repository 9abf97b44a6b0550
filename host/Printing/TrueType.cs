using System.Buffers.Binary;

namespace Modular.Host.Printing;

/// <summary>What a PDF needs of a TrueType font: which glyph a letter is, how wide it is, and a copy of the file with the used glyphs alone.</summary>
public sealed class TrueType
{
    private readonly byte[] file;
    private readonly Dictionary<string, (int At, int Length)> tables = [];
    private readonly Dictionary<int, int> glyphs;
    private readonly int wideGlyphs;
    private readonly double perEm;

    public TrueType(byte[] file)
    {
        this.file = file;
        for (var i = 0; i < Short(4); i++)
        {
            var entry = 12 + (16 * i);
            tables[System.Text.Encoding.ASCII.GetString(file, entry, 4)] = (Long(entry + 8), Long(entry + 12));
        }

        (var head, var hhea) = (tables["head"].At, tables["hhea"].At);
        perEm = Short(head + 18) / 1000.0;
        Box = [.. Enumerable.Range(0, 4).Select(i => Thousandth(Signed(head + 36 + (2 * i))))];
        (Ascent, Descent) = (Thousandth(Signed(hhea + 4)), Thousandth(Signed(hhea + 6)));
        wideGlyphs = Short(hhea + 34);
        Count = Short(tables["maxp"].At + 4);
        glyphs = CharacterMap.Read(file, tables["cmap"].At);
    }

    /// <summary>In thousandths of the size, as every measure here.</summary>
    public int[] Box { get; }
    public int Ascent { get; }
    public int Descent { get; }
    public int Count { get; }

    /// <summary>0 is the empty box of a letter that the font does not have.</summary>
    public int Glyph(int letter) => glyphs.GetValueOrDefault(letter);

    public int Width(int glyph) => Thousandth(Short(tables["hmtx"].At + (4 * Math.Min(glyph, wideGlyphs - 1))));

    /// <summary>The same font and the same numbers of glyphs, with the outlines of these alone: a page of text is some kilobytes then.</summary>
    public byte[] With(IEnumerable<int> used)
    {
        var keep = new SortedSet<int>(used) { 0 };
        for (var open = new Queue<int>(keep); open.TryDequeue(out var glyph);)
        {
            foreach (var part in Parts(glyph).Where(keep.Add))
            {
                open.Enqueue(part);
            }
        }

        var outlines = new MemoryStream();
        var places = new byte[4 * (Count + 1)];
        for (var glyph = 0; glyph < Count; glyph++)
        {
            BinaryPrimitives.WriteInt32BigEndian(places.AsSpan(4 * glyph), (int)outlines.Length);
            if (keep.Contains(glyph))
            {
                outlines.Write(Outline(glyph));
                outlines.SetLength((outlines.Length + 3) & ~3);
                outlines.Position = outlines.Length;
            }
        }

        BinaryPrimitives.WriteInt32BigEndian(places.AsSpan(4 * Count), (int)outlines.Length);
        var head = Table("head").ToArray();
        BinaryPrimitives.WriteInt16BigEndian(head.AsSpan(50), 1); // places are four bytes long
        var parts = new SortedDictionary<string, byte[]>(StringComparer.Ordinal) { ["glyf"] = outlines.ToArray(), ["loca"] = places, ["head"] = head };
        foreach (var name in new[] { "hhea", "hmtx", "maxp", "cvt ", "fpgm", "prep" }.Where(tables.ContainsKey))
        {
            parts[name] = Table(name).ToArray();
        }

        return Assemble(parts);
    }

    private static byte[] Assemble(SortedDictionary<string, byte[]> parts)
    {
        var at = 12 + (16 * parts.Count);
        var whole = new byte[at + parts.Values.Sum(p => (p.Length + 3) & ~3)];
        var log = (int)Math.Log2(parts.Count);
        BinaryPrimitives.WriteInt32BigEndian(whole, 0x00010000);
        BinaryPrimitives.WriteInt16BigEndian(whole.AsSpan(4), (short)parts.Count);
        BinaryPrimitives.WriteInt16BigEndian(whole.AsSpan(6), (short)(16 << log));
        BinaryPrimitives.WriteInt16BigEndian(whole.AsSpan(8), (short)log);
        BinaryPrimitives.WriteInt16BigEndian(whole.AsSpan(10), (short)((16 * parts.Count) - (16 << log)));
        foreach (var ((name, part), number) in parts.Select((p, i) => (p, i)))
        {
            var entry = whole.AsSpan(12 + (16 * number));
            System.Text.Encoding.ASCII.GetBytes(name, entry);
            BinaryPrimitives.WriteUInt32BigEndian(entry[4..], Sum(part));
            BinaryPrimitives.WriteInt32BigEndian(entry[8..], at);
            BinaryPrimitives.WriteInt32BigEndian(entry[12..], part.Length);
            part.CopyTo(whole.AsSpan(at));
            at += (part.Length + 3) & ~3;
        }

        return whole;
    }

    private static uint Sum(byte[] part)
    {
        uint sum = 0;
        for (var i = 0; i < part.Length; i++)
        {
            sum += (uint)part[i] << (24 - (8 * (i % 4)));
        }

        return sum;
    }

    private ReadOnlySpan<byte> Table(string name) => file.AsSpan(tables[name].At, tables[name].Length);

    private ReadOnlySpan<byte> Outline(int glyph)
    {
        var wide = Short(tables["head"].At + 50) == 1;
        int Place(int i) => wide ? Long(tables["loca"].At + (4 * i)) : 2 * Short(tables["loca"].At + (2 * i));
        return file.AsSpan(tables["glyf"].At + Place(glyph), Place(glyph + 1) - Place(glyph));
    }

    /// <summary>An "é" may be made of an "e" and an accent: those are needed too.</summary>
    private List<int> Parts(int glyph)
    {
        var outline = Outline(glyph);
        var parts = new List<int>();
        if (outline.Length < 10 || BinaryPrimitives.ReadInt16BigEndian(outline) >= 0)
        {
            return parts;
        }

        for (int at = 10, flags = 0x20; (flags & 0x20) != 0;)
        {
            flags = BinaryPrimitives.ReadUInt16BigEndian(outline[at..]);
            parts.Add(BinaryPrimitives.ReadUInt16BigEndian(outline[(at + 2)..]));
            at += 4 + ((flags & 0x01) != 0 ? 4 : 2) + ((flags & 0x08) != 0 ? 2 : (flags & 0x40) != 0 ? 4 : (flags & 0x80) != 0 ? 8 : 0);
        }

        return parts;
    }

    private int Thousandth(int units) => (int)Math.Round(units / perEm);

    private int Short(int at) => BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(at));

    private int Signed(int at) => BinaryPrimitives.ReadInt16BigEndian(file.AsSpan(at));

    private int Long(int at) => BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
}
