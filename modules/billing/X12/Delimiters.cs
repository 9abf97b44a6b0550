namespace Modular.Billing.X12;

/// <summary>
/// The four bytes that cut an interchange into parts (005010 appendix B.1.1.2.5): each interchange names its own by the places in its ISA.
/// </summary>
/// <param name="Element">Character 4 of the ISA.</param>
/// <param name="Component">ISA16, character 105.</param>
/// <param name="Terminator">Character 106; it may be a line feed.</param>
/// <param name="Repetition">ISA11 from version 00402 on; 0 where nothing repeats (before that ISA11 is the standard's name, "U").</param>
public readonly record struct Delimiters(byte Element, byte Component, byte Terminator, byte Repetition)
{
    /// <summary>The bytes of an ISA with its terminator.</summary>
    public const int HeaderLength = 106;

    /// <summary>How far the sixteenth separator is looked for where an ISA does not have its length.</summary>
    internal const int Window = 256;

    private static ReadOnlySpan<byte> Places => [3, 6, 17, 20, 31, 34, 50, 53, 69, 76, 81, 83, 89, 99, 101, 103];

    /// <summary>What is usual in the United States, and what we write: * : ~ ^.</summary>
    public static Delimiters Usual { get; } = new((byte)'*', (byte)':', (byte)'~', (byte)'^');

    public bool Has(byte value) => value == Element || value == Component || value == Terminator || (Repetition != 0 && value == Repetition);

    /// <summary>Reads the delimiters from the bytes that begin with an ISA. An ISA of another length is read by counting its separators.</summary>
    /// <param name="length">The ISA's length without its terminator.</param>
    internal static bool TryRead(ReadOnlySpan<byte> bytes, out Delimiters delimiters, out int length)
    {
        (delimiters, length) = (default, 0);
        if (bytes.Length < 24 || !bytes.StartsWith("ISA"u8) || IsPlain(bytes[3]))
        {
            return false;
        }

        var last = Last(bytes, out var repetition, out var version);
        if (last < 0 || last + 2 >= bytes.Length)
        {
            return false;
        }

        var (component, terminator) = (bytes[last + 1], bytes[last + 2]);
        if (IsPlain(component) || IsPlain(terminator) || component == bytes[3] || terminator == bytes[3] || component == terminator)
        {
            return false;
        }

        var repeats = version.SequenceCompareTo("00402"u8) >= 0 && repetition.Length == 1 && !IsPlain(repetition[0])
            && repetition[0] != bytes[3] && repetition[0] != component && repetition[0] != terminator;
        delimiters = new(bytes[3], component, terminator, repeats ? repetition[0] : (byte)0);
        length = last + 2;
        return true;
    }

    /// <summary>A letter, a digit or a space: never a delimiter.</summary>
    private static bool IsPlain(byte value) => value == ' ' || char.IsAsciiLetterOrDigit((char)value);

    private static int Last(ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> repetition, out ReadOnlySpan<byte> version)
    {
        if (bytes.Length >= HeaderLength && InPlace(bytes))
        {
            repetition = bytes.Slice(82, 1);
            version = bytes.Slice(84, 5);
            return 103;
        }

        repetition = default;
        version = default;
        var (last, found) = (3, 1);
        while (found < 16)
        {
            var next = bytes[(last + 1)..Math.Min(bytes.Length, Window)].IndexOf(bytes[3]);
            if (next < 0)
            {
                return -1;
            }

            var element = bytes.Slice(last + 1, next);
            repetition = found == 11 ? element : repetition;
            version = found == 12 ? element : version;
            (last, found) = (last + 1 + next, found + 1);
        }

        return last + 3 <= Math.Min(bytes.Length, Window) ? last : -1;
    }

    private static bool InPlace(ReadOnlySpan<byte> bytes)
    {
        foreach (var place in Places)
        {
            if (bytes[place] != bytes[3])
            {
                return false;
            }
        }

        return true;
    }
}
