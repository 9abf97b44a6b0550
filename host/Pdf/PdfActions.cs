namespace Modular.Host.Pdf;

/// <summary>What makes a viewer do something besides showing pages (ISO 32000-2, 12.6): by itself, or at a click on something harmless.</summary>
public static class PdfActions
{
    /// <summary>Values of <c>/S</c>.</summary>
    private static readonly HashSet<string> Kinds =
    [
        "GoTo", "GoToR", "GoToE", "GoToDp", "Launch", "Thread", "URI", "Sound", "Movie", "Hide", "Named", "SubmitForm", "ResetForm", "ImportData", "JavaScript",
        "SetOCGState", "Rendition", "Trans", "GoTo3DView", "RichMediaExecute",
    ];

    /// <summary>Names that are in a file which acts, or carries files and programs. Links within it and to the web are not among them.</summary>
    private static readonly HashSet<string> Signs =
    [
        "OpenAction", "AA", "JavaScript", "Launch", "GoToR", "GoToE", "SubmitForm", "ResetForm", "ImportData", "Rendition", "Sound", "Movie", "Hide", "Named", "Thread",
        "SetOCGState", "GoTo3DView", "3DD", "RichMedia", "RichMediaContent", "RichMediaExecute", "Screen", "XFA", "FileAttachment", "Filespec", "EmbeddedFile", "EmbeddedFiles",
        "OPI",
    ];

    private static readonly string[] Addresses = ["(http://", "(https://", "(mailto:", "(tel:"];

    public static bool IsKind(string name) => Kinds.Contains(name);

    /// <summary>An address that a browser opens in a tab, a mail program or a telephone; a script or a file of the computer is none.</summary>
    public static bool IsAddress(string text) => Addresses.Any(start => text.StartsWith(start, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// True when any name in these bytes is such a sign, wherever it stands: what is in a comment or an old version of an object for
    /// one reader is the file for another. Packed bytes may look like one by chance; then a quiet file is written anew, which harms nobody.
    /// </summary>
    public static bool AnyIn(ReadOnlyMemory<byte> bytes)
    {
        var reader = new PdfReader(bytes);
        while (bytes.Span[reader.At..].IndexOf((byte)'/') is >= 0 and var ahead)
        {
            reader.At += ahead;
            if (reader.Read() is PdfName { Name: var name } && (Signs.Contains(name) || (name == "URI" && !LeadsToAddress(bytes.Span[reader.At..]))))
            {
                return true;
            }
        }

        return false;
    }

    private static bool LeadsToAddress(ReadOnlySpan<byte> after)
    {
        after = after.TrimStart(" \t\r\n\f\0"u8);
        // As the kind of an action it is followed by another name, or by the end of the dictionary.
        return after is [] or [(byte)'/', ..] or [(byte)'>', ..] || IsAddress(System.Text.Encoding.Latin1.GetString(after[..Math.Min(after.Length, 16)]));
    }
}
