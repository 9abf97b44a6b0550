using System.Globalization;
using System.IO.Compression;

namespace Modular.Host.Pdf;

/// <summary>
/// The objects of a file, read in the order they stand. Fax servers often write a wrong table of contents; the objects themselves
/// say where they begin and end, and a later one of the same number replaces the earlier, as an update means it (7.5.6).
/// </summary>
public sealed class PdfObjects
{
    /// <summary>What packed objects may unpack to; a thousand pages of text stay far below.</summary>
    private const int MostUnpacked = 64 * 1024 * 1024;

    private readonly Dictionary<int, PdfValue> objects = [];
    private readonly ReadOnlyMemory<byte> data;
    private int unpacked;
    private int read;

    public PdfObjects(ReadOnlyMemory<byte> data)
    {
        this.data = data;
        var reader = new PdfReader(data);
        for (reader.Skip(); !reader.AtEnd; reader.Skip())
        {
            ReadNext(reader);
        }

        Runs |= Heads() > read || PdfActions.AnyIn(data);
    }

    /// <summary>Of the file.</summary>
    public int Bytes => data.Length;

    /// <summary>
    /// True when a viewer might do something by itself with the file as it is, or would find objects in it that were not read here,
    /// within a stream or a comment. What is written from it does nothing either way.
    /// </summary>
    public bool Runs { get; private set; }

    public bool Encrypted { get; private set; }

    /// <summary>Where everything begins; null when no trailer names it.</summary>
    public PdfReference? Root { get; private set; }

    /// <summary>What is meant: references followed, null when nothing is there.</summary>
    public PdfValue? Resolve(PdfValue? value)
    {
        for (var step = 0; value is PdfReference reference; step++)
        {
            value = step < 32 ? objects.GetValueOrDefault(reference.Number) : null;
        }

        return value;
    }

    public PdfDictionary? Dictionary(PdfValue? value) => Resolve(value) as PdfDictionary;

    public double? Number(PdfValue? value) =>
        Resolve(value) is PdfRaw { Text: var text } && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private void ReadNext(PdfReader reader)
    {
        var start = reader.At;
        if (reader.Number() is { } number && reader.Number() is not null && reader.Word("obj"u8))
        {
            read++;
            Keep(number, reader.Word("endobj"u8) ? PdfRaw.Null : Body(reader, reader.Read()));
            return;
        }

        reader.At = start;
        if (reader.Word("trailer"u8))
        {
            Trailer(reader.Read() as PdfDictionary);
            return;
        }

        reader.Pass();
    }

    /// <summary>Places where a viewer could be told to find an object.</summary>
    private int Heads()
    {
        var span = data.Span;
        var count = 0;
        for (var at = span.IndexOf("obj"u8); at >= 0;)
        {
            count += at > 0 && span[at - 1] is (>= (byte)'0' and <= (byte)'9') or (byte)' ' or 0 or 9 or 10 or 12 or 13 ? 1 : 0;
            var ahead = span[(at + 3)..].IndexOf("obj"u8);
            at = ahead < 0 ? -1 : at + 3 + ahead;
        }

        return count;
    }

    private PdfValue Body(PdfReader reader, PdfValue value)
    {
        if (value is not PdfDictionary head || !reader.Word("stream"u8))
        {
            return value;
        }

        var span = data.Span;
        reader.At += span[reader.At..] switch { [13, 10, ..] => 2, [13 or 10, ..] => 1, _ => 0 };
        var start = reader.At;
        var length = Length(head, start) ?? span[start..].IndexOf("endstream"u8);
        if (length < 0)
        {
            throw new PdfBrokenException("A stream does not end.");
        }

        reader.At = start + length;
        return new PdfStream(head, data.Slice(start, length));
    }

    /// <summary>The length that the stream claims, when its end is really there.</summary>
    private int? Length(PdfDictionary head, int start)
    {
        if (Number(head["Length"]) is not { } claimed || claimed < 0 || claimed > data.Length - start)
        {
            return null;
        }

        var after = new PdfReader(data) { At = start + (int)claimed };
        return after.Word("endstream"u8) ? (int)claimed : null;
    }

    private void Keep(int number, PdfValue value)
    {
        objects[number] = value;
        if (value is not PdfStream { Head: var head } stream)
        {
            return;
        }

        if (head.Is("XRef"))
        {
            Trailer(head);
        }
        else if (!Encrypted && (head.Is("ObjStm") || (head["N"] is not null && head["First"] is not null)))
        {
            Unpack(stream);
        }
    }

    private void Trailer(PdfDictionary? trailer)
    {
        Encrypted |= trailer?["Encrypt"] is not null and not PdfRaw { Text: "null" };
        Root = trailer?["Root"] as PdfReference ?? Root;
    }

    /// <summary>Objects packed into a stream (7.5.7): numbers and places first, then the objects.</summary>
    private void Unpack(PdfStream stream)
    {
        var bytes = Inflate(stream);
        // Whoever lets another object say how these are packed may say it to another reader only.
        Runs |= PdfActions.AnyIn(bytes) || stream.Head.Entries.Any(e => e.Key is "N" or "First" or "Filter" or "DecodeParms" && e.Value is PdfReference);
        var reader = new PdfReader(bytes);
        var (count, first) = ((int)(Number(stream.Head["N"]) ?? 0), (int)(Number(stream.Head["First"]) ?? 0));
        var places = new List<(int Number, int At)>();
        while (places.Count < count && reader.Number() is { } number && reader.Number() is { } at)
        {
            places.Add((number, at));
        }

        foreach (var (number, at) in places)
        {
            reader.At = first + at;
            objects[number] = reader.At >= 0 ? reader.Read() : PdfRaw.Null;
        }
    }

    private byte[] Inflate(PdfStream stream)
    {
        var filter = Resolve(stream.Head["Filter"]) is PdfArray { Items: [var only] } ? Resolve(only) : Resolve(stream.Head["Filter"]);
        if (filter is null)
        {
            Runs |= stream.Head["Filter"] is not null;
            return stream.Body.ToArray();
        }

        if (filter is not PdfName { Name: "FlateDecode" or "Fl" } || Resolve(stream.Head["DecodeParms"]) is PdfDictionary)
        {
            throw new PdfBrokenException("Objects are packed in a way that is not read here.");
        }

        using var packed = new ZLibStream(new MemoryStream(stream.Body.ToArray()), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        var buffer = new byte[81920];
        while (packed.Read(buffer) is > 0 and var read)
        {
            plain.Write(buffer, 0, read);
            unpacked += read;
            if (unpacked > MostUnpacked)
            {
                throw new PdfBrokenException("Objects unpack to more than a scan ever holds.");
            }
        }

        return plain.ToArray();
    }
}
