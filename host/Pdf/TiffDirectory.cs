using System.Buffers.Binary;

namespace Modular.Host.Pdf;

/// <summary>
/// What a directory of a TIFF says of its picture (TIFF 6.0, section 2). Read here before a library is asked to follow it: a list lies
/// in the file, no directory comes twice, and no strip claims more bytes than there are.
/// </summary>
public sealed class TiffDirectory
{
    private const ushort Short = 3, Long = 4, Rational = 5;

    /// <summary>A directory has some twenty entries, and a page at most a strip a line.</summary>
    private const int MostEntries = 1000, MostPieces = 40_000;

    private readonly byte[] file;
    private readonly bool little;
    private readonly Dictionary<int, (int Type, int Count, int At)> entries = [];

    private TiffDirectory(byte[] file, bool little, long at)
    {
        (this.file, this.little, At) = (file, little, at);
        var count = Inside(at, 2) ? Word((int)at) : throw new PdfBrokenException("A directory is not in the file.");
        if (count > MostEntries || !Inside(at + 2, (count * 12) + 4))
        {
            throw new PdfBrokenException("A directory is longer than any, or ends too early.");
        }

        for (var entry = (int)at + 2; count > 0; entry += 12, count--)
        {
            Read(entry);
        }

        Next = Number((int)at + 2 + (Word((int)at) * 12));
    }

    /// <summary>Where it stands in the file.</summary>
    public long At { get; }

    /// <summary>Where the next one stands; 0 after the last.</summary>
    private long Next { get; }

    public static bool IsTiff(ReadOnlySpan<byte> bytes) => bytes.StartsWith("II*\0"u8) || bytes.StartsWith("MM\0*"u8);

    /// <summary>The directories in their order, at most one more than asked for; small pictures of pages are left out.</summary>
    /// <exception cref="PdfBrokenException">They lead in a circle or out of the file.</exception>
    public static IReadOnlyList<TiffDirectory> ReadAll(byte[] file, int most)
    {
        var little = file[0] == 'I';
        var (all, seen) = (new List<TiffDirectory>(), new HashSet<long>());
        for (long at = file.Length < 8 ? file.Length : Number(file, 4, little); at != 0 && all.Count <= most;)
        {
            if (!seen.Add(at) || seen.Count > most * 2)
            {
                throw new PdfBrokenException("Its directories lead in a circle.");
            }

            var directory = new TiffDirectory(file, little, at);
            if ((directory.Value(TiffTags.Subfile) & 1) == 0)
            {
                all.Add(directory);
            }

            at = directory.Next;
        }

        return all;
    }

    public int Value(int tag, int otherwise = 0) => Values(tag) is [var first, ..] ? (int)Math.Min(first, int.MaxValue) : otherwise;

    /// <summary>The numbers of a list, as many as a page may have strips; empty when there is none of whole numbers.</summary>
    public IReadOnlyList<uint> Values(int tag)
    {
        if (!entries.TryGetValue(tag, out var entry) || entry.Type is not (Short or Long))
        {
            return [];
        }

        var list = new uint[Math.Min(entry.Count, MostPieces + 1)];
        for (var i = 0; i < list.Length; i++)
        {
            list[i] = entry.Type == Short ? Word(entry.At + (i * 2)) : Number(entry.At + (i * 4));
        }

        return list;
    }

    public double Fraction(int tag) => entries.TryGetValue(tag, out var entry) && entry is { Type: Rational, Count: > 0 }
        ? Number(entry.At) / (double)Number(entry.At + 4)
        : double.NaN;

    /// <summary>The packed bytes of strips or tiles, where they stand.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Pieces()
    {
        var (places, lengths) = (Values(TiffTags.StripPlaces), Values(TiffTags.StripLengths));
        if (places.Count == 0)
        {
            (places, lengths) = (Values(TiffTags.TilePlaces), Values(TiffTags.TileLengths));
        }

        if (places.Count is 0 or > MostPieces || places.Count != lengths.Count
            || places.Zip(lengths).Any(piece => piece.Second == 0 || !Inside(piece.First, piece.Second)))
        {
            throw new PdfBrokenException("A part of the picture is not in the file.");
        }

        return [.. places.Zip(lengths, (at, length) => new ReadOnlyMemory<byte>(file, (int)at, (int)length))];
    }

    private void Read(int entry)
    {
        var (tag, type, count) = (Word(entry), Word(entry + 2), Number(entry + 4));
        var size = type switch { 1 or 2 or 6 or 7 => 1, Short or 8 => 2, Long or 9 or 11 or 13 => 4, Rational or 10 or 12 => 8, _ => 0 };
        var bytes = (long)count * size;
        var at = bytes > 4 ? Number(entry + 8) : (uint)(entry + 8);
        entries[tag] = Inside(at, bytes) ? (type, bytes == 0 ? 0 : (int)count, (int)at) : throw new PdfBrokenException("A list is not in the file.");
    }

    private bool Inside(long at, long length) => at >= 0 && length >= 0 && at + length <= file.Length;

    private ushort Word(int at) =>
        little ? BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(at)) : BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(at));

    private uint Number(int at) => Number(file, at, little);

    private static uint Number(byte[] file, int at, bool little) =>
        little ? BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at)) : BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));
}

/// <summary>Numbers of the tags that are asked for.</summary>
internal static class TiffTags
{
    public const int Subfile = 254, Width = 256, Height = 257, Bits = 258, Compression = 259, Photometric = 262, FillOrder = 266,
        StripPlaces = 273, Orientation = 274, Samples = 277, StripLengths = 279, DotsAcross = 282, DotsDown = 283, Planes = 284, FaxOptions = 292, DotsPer = 296,
        TileWidth = 322, TileHeight = 323, TilePlaces = 324, TileLengths = 325;
}
