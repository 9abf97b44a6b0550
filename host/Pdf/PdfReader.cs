using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Modular.Host.Pdf;

/// <summary>Reads the values of a PDF one after the other (ISO 32000-1, 7.2 and 7.3).</summary>
public sealed partial class PdfReader(ReadOnlyMemory<byte> data)
{
    /// <summary>Arrays within arrays: a file made to exhaust the stack goes deeper than any scanner.</summary>
    private const int Deepest = 60;

    private readonly ReadOnlyMemory<byte> data = data;

    public int At { get; set; }

    public bool AtEnd => At >= data.Length;

    public PdfValue Read(int depth = 0)
    {
        Skip();
        if (depth > Deepest || AtEnd)
        {
            throw new PdfBrokenException("A value ends before it began, or is nested too deep.");
        }

        return (char)Byte switch
        {
            '/' => Name(),
            '(' => Text(),
            '[' => Array(depth),
            '<' when Next == '<' => Dictionary(depth),
            '<' => Hex(),
            >= '0' and <= '9' => (PdfValue?)Reference() ?? Token(),
            _ => Token(),
        };
    }

    /// <summary>The whole number that stands here, or null and nothing is read.</summary>
    public int? Number()
    {
        Skip();
        var start = At;
        var span = data.Span;
        while (!AtEnd && char.IsAsciiDigit((char)span[At]))
        {
            At++;
        }

        if (At > start && (AtEnd || !IsRegular(Byte)) && int.TryParse(span[start..At], CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        At = start;
        return null;
    }

    /// <summary>True, and read, when this word stands here.</summary>
    public bool Word(ReadOnlySpan<byte> word)
    {
        Skip();
        var end = At + word.Length;
        if (!data.Span[At..].StartsWith(word) || (end < data.Length && IsRegular(data.Span[end]) && IsRegular(word[^1])))
        {
            return false;
        }

        At = end;
        return true;
    }

    /// <summary>Passes over something that is no value: an entry of a table of contents, a stray bracket.</summary>
    public void Pass()
    {
        var start = At;
        while (!AtEnd && IsRegular(Byte))
        {
            At++;
        }

        At = At == start ? At + 1 : At;
    }

    public void Skip()
    {
        var span = data.Span;
        for (; At < span.Length; At++)
        {
            if (span[At] == '%')
            {
                var line = span[At..].IndexOfAny((byte)'\r', (byte)'\n');
                At = line < 0 ? span.Length : At + line;
            }
            else if (!IsSpace(span[At]))
            {
                return;
            }
        }
    }

    private byte Byte => data.Span[At];

    private char Next => At + 1 < data.Length ? (char)data.Span[At + 1] : '\0';

    private static bool IsSpace(byte b) => b is 0 or 9 or 10 or 12 or 13 or 32;

    private static bool IsRegular(byte b) => !IsSpace(b) && (char)b is not ('(' or ')' or '<' or '>' or '[' or ']' or '{' or '}' or '/' or '%');

    private PdfName Name()
    {
        var start = ++At;
        while (!AtEnd && IsRegular(Byte))
        {
            At++;
        }

        return new(Plain(Kept(start)));
    }

    /// <summary>A name may write any of its letters as a number (7.3.5): <c>/J#53</c> is <c>/JS</c>, and hides from nobody.</summary>
    private static string Plain(string name) => !name.Contains('#') ? name
        : EscapedLetter().Replace(name, letter => ((char)Convert.ToByte(letter.Value[1..], 16)).ToString());

    [GeneratedRegex("#[0-9A-Fa-f]{2}")]
    private static partial Regex EscapedLetter();

    private PdfRaw Token()
    {
        var start = At;
        Pass();
        return new(Kept(start));
    }

    private PdfReference? Reference()
    {
        var start = At;
        if (Number() is { } number && Number() is not null && Word("R"u8))
        {
            return new(number);
        }

        At = start;
        return null;
    }

    private PdfRaw Text()
    {
        var (start, open) = (At, 0);
        for (; !AtEnd; At++)
        {
            open += (char)Byte switch { '(' => 1, ')' => -1, _ => 0 };
            if (open == 0)
            {
                At++;
                return new(Kept(start));
            }

            At += Byte == '\\' ? 1 : 0;
        }

        throw new PdfBrokenException("A text does not end.");
    }

    private PdfRaw Hex()
    {
        var (start, length) = (At, data.Span[At..].IndexOf((byte)'>'));
        At = length < 0 ? throw new PdfBrokenException("A text does not end.") : At + length + 1;
        return new(Kept(start));
    }

    private PdfArray Array(int depth)
    {
        var items = new List<PdfValue>();
        for (At++; !Word("]"u8);)
        {
            items.Add(Read(depth + 1));
        }

        return new(items);
    }

    private PdfDictionary Dictionary(int depth)
    {
        var entries = new Dictionary<string, PdfValue>();
        for (At += 2; !Word(">>"u8);)
        {
            var key = Read(depth + 1) as PdfName ?? throw new PdfBrokenException("A key is not a name.");
            entries[key.Name] = Read(depth + 1);
        }

        return new(entries);
    }

    /// <summary>Latin-1 keeps every byte a character, so what is written again is what was read.</summary>
    private string Kept(int start) => Encoding.Latin1.GetString(data.Span[start..At]);
}
