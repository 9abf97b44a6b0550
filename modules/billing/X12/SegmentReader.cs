namespace Modular.Billing.X12;

/// <summary>
/// Reads any bytes as segments, one at a time and in memory that does not grow with the file. What is no X12 comes out as pieces of another
/// kind; nothing is lost, nothing throws but the stream itself. A pipe is read as <c>pipe.AsStream()</c>.
/// </summary>
public sealed class SegmentReader(Stream stream)
{
    /// <summary>Bytes of the longest segment that is kept in one piece; those of the guides stay far below 10,000.</summary>
    public const int LongestSegment = 1 << 20;

    private byte[] buffer = new byte[1 << 16];
    private int start;
    private int end;
    private bool ended;
    private bool inTooLong;
    private long offset;
    private long number;
    private Delimiters? delimiters;

    /// <summary>The next piece; null at the end of the stream.</summary>
    public Segment? Read()
    {
        while (true)
        {
            if (TryTake(out var segment))
            {
                return segment;
            }

            MakeRoom();
            Filled(stream.Read(buffer, end, buffer.Length - end));
        }
    }

    /// <inheritdoc cref="Read"/>
    public async ValueTask<Segment?> ReadAsync(CancellationToken cancellation = default)
    {
        while (true)
        {
            if (TryTake(out var segment))
            {
                return segment;
            }

            MakeRoom();
            Filled(await stream.ReadAsync(buffer.AsMemory(end), cancellation));
        }
    }

    /// <summary>True when it is decided what comes next; false when more bytes are needed for it.</summary>
    private bool TryTake(out Segment? segment)
    {
        segment = null;
        var rest = buffer.AsSpan(start, end - start);
        if (rest.IsEmpty)
        {
            return ended;
        }

        var lead = inTooLong ? 0 : Lead(rest);
        if (lead == rest.Length)
        {
            return (ended || lead >= 1 << 16) && Take(PieceKind.Blank, 0, lead, lead, out segment);
        }

        var own = rest[lead..];
        if (!inTooLong && own[0] == 'I' && own.Length < Delimiters.Window && !ended)
        {
            return false;
        }

        if (!inTooLong && Delimiters.TryRead(own, out var read, out var length))
        {
            delimiters = read;
            return Take(PieceKind.Segment, lead, length, lead + length + 1, out segment);
        }

        return delimiters is null ? TakeOutside(rest, lead, out segment) : TakeSegment(rest, lead, delimiters.Value.Terminator, out segment);
    }

    private bool TakeSegment(ReadOnlySpan<byte> rest, int lead, byte terminator, out Segment? segment)
    {
        segment = null;
        var length = rest[lead..].IndexOf(terminator);
        if (length < 0 && !ended && rest.Length < LongestSegment)
        {
            return false;
        }

        if (inTooLong || length > LongestSegment || (length < 0 && rest.Length >= LongestSegment))
        {
            var part = length < 0 ? rest.Length : lead + length + 1;
            inTooLong = length < 0;
            return Take(PieceKind.TooLong, lead, part - lead, part, out segment);
        }

        if (length == 0)
        {
            return Take(PieceKind.Outside, lead, 1, lead + 1, out segment);
        }

        var content = length < 0 ? rest.Length - lead : length;
        Take(PieceKind.Segment, lead, content, Math.Min(rest.Length, lead + content + 1), out segment);
        if (segment!.Id == "IEA")
        {
            delimiters = null;
        }

        return true;
    }

    /// <summary>Up to the next place where an interchange may begin.</summary>
    private bool TakeOutside(ReadOnlySpan<byte> rest, int lead, out Segment? segment)
    {
        segment = null;
        var next = rest[(lead + 1)..].IndexOf("ISA"u8);
        if (next < 0 && !ended && rest.Length < 1 << 16)
        {
            return false;
        }

        // The last two bytes may be the beginning of an ISA.
        var part = next >= 0 ? lead + 1 + next : ended ? rest.Length : Math.Max(lead + 1, rest.Length - 2);
        return Take(PieceKind.Outside, lead, part - lead, part, out segment);
    }

    private bool Take(PieceKind kind, int from, int length, int total, out Segment? segment)
    {
        number += kind == PieceKind.Segment ? 1 : 0;
        segment = new(kind, buffer.AsSpan(start, total).ToArray(), from, length, offset, number, delimiters ?? Delimiters.Usual);
        (start, offset) = (start + total, offset + total);
        return true;
    }

    /// <summary>Line ends and other blanks before a segment, and the mark of UTF-8 at a file's begin.</summary>
    private int Lead(ReadOnlySpan<byte> rest)
    {
        var lead = offset == 0 && rest.StartsWith("\uFEFF"u8) ? 3 : 0;
        while (lead < rest.Length && rest[lead] <= ' ' && (rest[lead] is (byte)'\r' or (byte)'\n' || delimiters is not { } d || !d.Has(rest[lead])))
        {
            lead++;
        }

        return lead;
    }

    private void MakeRoom()
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
        }

        if (end == buffer.Length)
        {
            Array.Resize(ref buffer, buffer.Length * 2);
        }
    }

    private void Filled(int read)
    {
        ended = read == 0;
        end += read;
    }
}
