using System.Globalization;
using System.Text;

namespace Modular.Billing.X12;

/// <summary>Text that may not be written: it names the segment and the element, for the one who has to mend the field behind it.</summary>
public sealed class X12WriteException(string sentence, string segment, int element) : Exception(sentence)
{
    public string Segment { get; } = segment;

    public int Element { get; } = element;
}

/// <summary>Who sends what to whom, as the trading partner's companion guide says.</summary>
/// <param name="ControlNumber">ISA13, 1 to 999,999,999. It never comes twice: the caller takes it from a sequence of the database.</param>
/// <param name="At">Date and time of the interchange, in the practice's zone.</param>
public sealed record InterchangeHeader(
    string SenderQualifier, string Sender, string ReceiverQualifier, string Receiver, int ControlNumber, DateTime At, bool IsTest,
        bool WantsAcknowledgment = false);

/// <summary>
/// Writes interchanges (005010 appendix B.1.1, C.1). Counts and trailers are written here, control numbers come from the caller; text outside of
/// the extended character set, or with a delimiter in it, is refused, never changed.
/// </summary>
public sealed class InterchangeWriter(Stream stream, Delimiters? delimiters = null)
{
    /// <summary>Appendix B.1.1.2.2 and B.1.1.2.3, basic and extended.</summary>
    private const string Marks = "!\"&'()*+,-./:;?= %@[]_{}\\|<>~#$^`";

    private readonly Delimiters marks = delimiters ?? Delimiters.Usual;
    private readonly byte[] line = new byte[64 * 1024];
    private int length;
    private int interchange;
    private int groups;
    private int group;
    private int sets;
    private string? set;
    private int segments;
    private string version = "";

    public void BeginInterchange(InterchangeHeader header)
    {
        Require(interchange == 0, "An interchange is open already.");
        Require(header.ControlNumber is > 0 and <= 999_999_999, "A control number of an interchange is 1 to 999,999,999.");
        Require(marks.Repetition != 0, "Version 00501 needs a repetition separator.");
        (interchange, groups) = (header.ControlNumber, 0);
        BeginLine("ISA");
        foreach (var (text, width) in new (string, int)[]
        {
            ("00", 2), ("", 10), ("00", 2), ("", 10), (header.SenderQualifier, 2), (header.Sender, 15), (header.ReceiverQualifier, 2),
            (header.Receiver, 15),
            (header.At.ToString("yyMMdd", CultureInfo.InvariantCulture), 6), (header.At.ToString("HHmm", CultureInfo.InvariantCulture), 4),
        })
        {
            Require(text.Length <= width, $"\"{text}\" is longer than the {width} characters of its place in the ISA.");
            Element("ISA", 0, text.PadRight(width));
        }

        Put(marks.Element);
        Put(marks.Repetition);
        Element("ISA", 12, "00501");
        Element("ISA", 13, Digits(header.ControlNumber, 9));
        Element("ISA", 14, header.WantsAcknowledgment ? "1" : "0");
        Element("ISA", 15, header.IsTest ? "T" : "P");
        Put(marks.Element);
        Put(marks.Component);
        EndLine();
    }

    /// <param name="functional">GS01: HC, HS, HR …</param>
    /// <param name="controlNumber">GS06, 1 to 999,999,999; never twice between the two.</param>
    /// <param name="guideVersion">GS08: "005010X222A1".</param>
    public void BeginGroup(string functional, string sender, string receiver, int controlNumber, DateTime at, string guideVersion)
    {
        Require(interchange > 0 && group == 0, "A group stands in an interchange, and not in another group.");
        Require(controlNumber is > 0 and <= 999_999_999, "A control number of a group is 1 to 999,999,999.");
        (group, sets, version) = (controlNumber, 0, guideVersion);
        groups++;
        Line("GS", functional, sender, receiver, at.ToString("yyyyMMdd", CultureInfo.InvariantCulture),
            at.ToString("HHmm", CultureInfo.InvariantCulture),
            Digits(controlNumber, 1), "X", guideVersion);
    }

    /// <param name="controlNumber">ST02, 1 to 999,999,999; once in its group.</param>
    public void BeginSet(string type, int controlNumber)
    {
        Require(group > 0 && set is null, "A set stands in a group, and not in another set.");
        Require(controlNumber is > 0 and <= 999_999_999, "A control number of a set is 1 to 999,999,999.");
        (set, segments) = (Digits(controlNumber, 4), 0);
        sets++;

        // The 835 has no ST03 (005010X221A1 section 2, ST).
        Segment("ST", type, set, type == "835" ? "" : version);
    }

    /// <summary>One segment of the set. Empty elements at its end are left out.</summary>
    public void Segment(string id, params ReadOnlySpan<ElementText> elements)
    {
        Require(set is not null, "A segment stands in a set.");
        Require(id is not ("SE" or "GE" or "IEA" or "ISA" or "GS"), $"{id} is written by the writer itself.");
        Line(id, elements);
        segments++;
    }

    public void EndSet()
    {
        Require(set is not null, "No set is open.");
        segments++;
        Line("SE", segments.ToString(CultureInfo.InvariantCulture), set!);
        set = null;
    }

    public void EndGroup()
    {
        Require(group > 0 && set is null, "No group is open, or a set in it still is.");
        Line("GE", sets.ToString(CultureInfo.InvariantCulture), Digits(group, 1));
        group = 0;
    }

    public void EndInterchange()
    {
        Require(interchange > 0 && group == 0, "No interchange is open, or a group in it still is.");
        Line("IEA", groups.ToString(CultureInfo.InvariantCulture), Digits(interchange, 9));
        interchange = 0;
        stream.Flush();
    }

    private void Line(string id, params ReadOnlySpan<ElementText> elements)
    {
        BeginLine(id);
        var last = elements.Length;
        while (last > 0 && elements[last - 1].IsEmpty)
        {
            last--;
        }

        for (var i = 0; i < last; i++)
        {
            Element(id, i + 1, elements[i]);
        }

        EndLine();
    }

    private void Element(string id, int element, ElementText text)
    {
        Put(marks.Element);
        if (text.Parts is not { } parts)
        {
            Write(id, element, text.Simple);
            return;
        }

        var last = parts.Length;
        while (last > 0 && parts[last - 1].Length == 0)
        {
            last--;
        }

        for (var i = 0; i < last; i++)
        {
            if (i > 0)
            {
                Put(text.Repeats ? marks.Repetition : marks.Component);
            }

            Write(id, element, parts[i]);
        }
    }

    private void Write(string id, int element, string text)
    {
        foreach (var c in text)
        {
            if (c > 126 || marks.Has((byte)c) || (!char.IsAsciiLetterOrDigit(c) && !Marks.Contains(c, StringComparison.Ordinal)))
            {
                var what = c < 127 && marks.Has((byte)c) ? "is a delimiter of the file" : "is not in the character set of X12";
                throw new X12WriteException($"{id}{element:00} has the character \"{c}\", which {what}.", id, element);
            }
        }

        if (length + text.Length + 2 > line.Length)
        {
            throw new X12WriteException($"{id} is longer than any segment may be.", id, element);
        }

        length += Encoding.ASCII.GetBytes(text, line.AsSpan(length));
    }

    private void BeginLine(string id)
    {
        length = 0;
        length += Encoding.ASCII.GetBytes(id, line);
    }

    private void EndLine()
    {
        Put(marks.Terminator);
        stream.Write(line, 0, length);
    }

    private void Put(byte value) => line[length++] = value;

    private static string Digits(int number, int width) => number.ToString("D" + width.ToString(CultureInfo.InvariantCulture),
        CultureInfo.InvariantCulture);

    private static void Require(bool held, string sentence)
    {
        if (!held)
        {
            throw new InvalidOperationException(sentence);
        }
    }
}
