using System.Globalization;
using System.Text;

namespace Modular.Billing.X12;

/// <summary>What a piece of a file is.</summary>
public enum PieceKind
{
    Segment,

    /// <summary>Line ends and blanks alone.</summary>
    Blank,

    /// <summary>Bytes that belong to no interchange.</summary>
    Outside,

    /// <summary>A part of a segment that is longer than any may be (<see cref="SegmentReader.LongestSegment"/>).</summary>
    TooLong,
}

/// <summary>
/// One segment as it stood in the file, or a piece between segments. All pieces of a file one after the other, <see cref="Raw"/> by
/// <see cref="Raw"/>, are the file, byte for byte.
/// </summary>
public sealed class Segment
{
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);
    private readonly byte[] raw;
    private readonly int from;
    private readonly int length;

    internal Segment(PieceKind kind, byte[] raw, int from, int length, long offset, long number, Delimiters delimiters)
    {
        (Kind, this.raw, this.from, this.length, Start, Number, Delimiters) = (kind, raw, from, length, offset, number, delimiters);
        var id = Content;
        var end = id.IndexOf(delimiters.Element);
        Id = kind == PieceKind.Segment ? SegmentIds.Of(end < 0 ? id : id[..end]) : "";
    }

    public PieceKind Kind { get; }

    /// <summary>"CLP"; as it stands, so perhaps nothing that X12 knows.</summary>
    public string Id { get; }

    /// <summary>The how-manieth segment of the file, from 1; that of the segment before it for other pieces.</summary>
    public long Number { get; }

    /// <summary>Where <see cref="Raw"/> begins in the file, from 0.</summary>
    public long Start { get; }

    /// <summary>Where the segment's own first byte is in the file, from 0.</summary>
    public long Offset => Start + from;

    public Delimiters Delimiters { get; }

    /// <summary>Every byte: line ends before the segment, the segment, its terminator.</summary>
    public ReadOnlyMemory<byte> Raw => raw;

    /// <summary>Without what is before it and without the terminator.</summary>
    public ReadOnlySpan<byte> Content => raw.AsSpan(from, length);

    /// <summary>False for the last one of a file that was cut off.</summary>
    public bool Terminated => from + length < raw.Length;

    /// <summary>How many elements there are, empty ones too; none of "SE".</summary>
    public int Count => Content.Count(Delimiters.Element);

    /// <summary>An element as text, from 1; empty where there is none.</summary>
    public string this[int element] => Text(Bytes(element));

    /// <summary>A component of an element, both from 1; empty where there is none.</summary>
    public string this[int element, int component] => Text(Nth(FirstRepeat(Bytes(element)), Delimiters.Component, component - 1));

    /// <summary>The bytes of an element, from 1; 0 is the segment's id.</summary>
    public ReadOnlySpan<byte> Bytes(int element) => Nth(Content, Delimiters.Element, element);

    /// <summary>The repeats of an element: one where nothing repeats, none where it is empty.</summary>
    public IReadOnlyList<string> Repeats(int element)
    {
        var bytes = Bytes(element);
        return bytes.IsEmpty ? [] : Delimiters.Repetition == 0 ? [Text(bytes)] : [.. Text(bytes).Split((char)Delimiters.Repetition)];
    }

    /// <summary>The components of an element; none where it is empty.</summary>
    public IReadOnlyList<string> Components(int element)
    {
        var bytes = FirstRepeat(Bytes(element));
        return bytes.IsEmpty ? [] : Text(bytes).Split((char)Delimiters.Component);
    }

    public bool Is(int element, string code)
    {
        var bytes = Bytes(element);
        return bytes.Length == code.Length && Ascii.Equals(bytes, code);
    }

    /// <summary>An amount or a quantity; null where it is empty or no number.</summary>
    public decimal? Decimal(int element) => Decimal(Bytes(element));

    /// <summary>An amount that counts as nothing where there is none.</summary>
    public decimal Amount(int element) => Decimal(Bytes(element)) ?? 0;

    internal static decimal? Decimal(ReadOnlySpan<byte> bytes) =>
        Plain(bytes) ?? (bytes.Length is > 0 and <= 20 && decimal.TryParse(bytes, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture, out var value) ? value : null);

    /// <summary>Digits with a sign and a point at most, as amounts are: a tenth of the time that the framework's reading takes. Null for all else.</summary>
    private static decimal? Plain(ReadOnlySpan<byte> bytes)
    {
        var isNegative = bytes.Length > 0 && bytes[0] == '-';
        var digits = isNegative ? bytes[1..] : bytes;
        if (digits.Length is 0 or > 18)
        {
            return null;
        }

        var (value, point) = (0L, -1);
        for (var i = 0; i < digits.Length; i++)
        {
            if (digits[i] is >= (byte)'0' and <= (byte)'9')
            {
                value = (value * 10) + (digits[i] - '0');
            }
            else if (digits[i] == '.' && point < 0 && digits.Length > 1)
            {
                point = i;
            }
            else
            {
                return null;
            }
        }

        return new decimal((int)value, (int)(value >> 32), 0, isNegative && value > 0, (byte)(point < 0 ? 0 : digits.Length - 1 - point));
    }

    /// <summary>UTF-8 where the bytes are, Latin-1 otherwise: nothing is lost and nothing fails.</summary>
    internal static string Text(ReadOnlySpan<byte> bytes)
    {
        if (Ascii.IsValid(bytes))
        {
            return Encoding.ASCII.GetString(bytes);
        }

        try
        {
            return Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(bytes);
        }
    }

    internal static ReadOnlySpan<byte> Nth(ReadOnlySpan<byte> bytes, byte separator, int index)
    {
        for (; index > 0; index--)
        {
            var at = bytes.IndexOf(separator);
            if (at < 0)
            {
                return default;
            }

            bytes = bytes[(at + 1)..];
        }

        var end = bytes.IndexOf(separator);
        return end < 0 ? bytes : bytes[..end];
    }

    public override string ToString() => Text(Content);

    private ReadOnlySpan<byte> FirstRepeat(ReadOnlySpan<byte> bytes) => Delimiters.Repetition == 0 ? bytes : Nth(bytes, Delimiters.Repetition, 0);
}
