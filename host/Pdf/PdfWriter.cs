using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Modular.Host.Pdf;

/// <summary>A new file: pages with everything they show (<see cref="PdfCopies"/>), and nothing else.</summary>
public sealed class PdfWriter
{
    private const int Tree = 2;

    private static readonly SearchValues<char> Regular = SearchValues.Create([.. Enumerable.Range('!', '~' - '!' + 1).Select(c => (char)c).Except("#()<>[]{}/%")]);

    private readonly ArrayBufferWriter<byte> file = new();
    private readonly List<int> places = [0, 0]; // root and tree are written last, their numbers are known first
    private readonly List<PdfValue> pages = [];

    public PdfWriter() => Put("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n");

    /// <summary>Pages of one file, each turned so many degrees clockwise beside what the file says.</summary>
    public PdfWriter Add(PdfPages from, IReadOnlyList<(PdfPage Page, int Turn)> chosen) => Add(from, chosen, null);

    /// <param name="over">What is drawn upon a page, and with which fonts and pictures; its own drawing is closed before.</param>
    public PdfWriter Add(PdfPages from, IReadOnlyList<(PdfPage Page, int Turn)> chosen, Func<PdfPage, (byte[] Content, PdfDictionary With)?>? over)
    {
        var copies = new PdfCopies(this, from);
        foreach (var (page, _) in chosen)
        {
            copies.Of(page);
        }

        foreach (var (page, turn) in chosen)
        {
            var entries = over?.Invoke(page) is { } drawn
                ? copies.Entries(page, Add(Stream("q\n"u8.ToArray())), Add(Stream([.. "\nQ\n"u8, .. drawn.Content])), drawn.With) : copies.Entries(page);
            entries["Parent"] = new PdfReference(Tree);
            entries["Rotate"] = Number((page.Turn + turn) % 360);
            var number = copies.Of(page);
            pages.Add(new PdfReference(number));
            Write(number, new PdfDictionary(entries));
        }

        copies.WriteAll();
        return this;
    }

    /// <summary>A page of its own making, for a picture.</summary>
    public PdfWriter AddPage(PdfDictionary page)
    {
        var number = Reserve();
        pages.Add(new PdfReference(number));
        Write(number, new PdfDictionary(new Dictionary<string, PdfValue>(page.Entries) { ["Type"] = new PdfName("Page"), ["Parent"] = new PdfReference(Tree) }));
        return this;
    }

    public PdfReference Add(PdfValue value)
    {
        var number = Reserve();
        Write(number, value);
        return new(number);
    }

    /// <param name="title">Shown for the file's name; never whose it is.</param>
    /// <param name="language">Of its text, such as "en".</param>
    public byte[] ToArray(string? title = null, string? language = null)
    {
        var catalog = new Dictionary<string, PdfValue> { ["Type"] = new PdfName("Catalog"), ["Pages"] = new PdfReference(Tree) };
        if (language is not null)
        {
            catalog["Lang"] = new PdfRaw($"({language})");
        }

        var info = "";
        if (title is not null)
        {
            catalog["ViewerPreferences"] = Dictionary(("DisplayDocTitle", new PdfRaw("true")));
            var named = Add(Dictionary(("Title", new PdfRaw($"<FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(title))}>"))));
            info = $"/Info {named.Number} 0 R";
        }

        Write(1, new PdfDictionary(catalog));
        Write(Tree, Dictionary(("Type", new PdfName("Pages")), ("Count", Number(pages.Count)), ("Kids", new PdfArray(pages))));
        var contents = file.WrittenCount;
        Put($"xref\n0 {places.Count + 1}\n0000000000 65535 f \n");
        foreach (var place in places)
        {
            Put(place.ToString("0000000000", CultureInfo.InvariantCulture) + " 00000 n \n");
        }

        Put($"trailer\n<</Size {places.Count + 1}/Root 1 0 R{info}>>\nstartxref\n{contents}\n%%EOF\n");
        return file.WrittenSpan.ToArray();
    }

    public static PdfRaw Number(double number) => new(number.ToString("0.###", CultureInfo.InvariantCulture));

    public static PdfDictionary Dictionary(params (string Key, PdfValue Value)[] entries) => new(entries.ToDictionary(e => e.Key, e => e.Value));

    /// <summary>What draws, or what a font or picture is made of, packed.</summary>
    public static PdfStream Stream(ReadOnlySpan<byte> content, params (string Key, PdfValue Value)[] head) => Packed(Pack(content), head);

    /// <param name="packed">By <see cref="Pack"/>.</param>
    public static PdfStream Packed(byte[] packed, params (string Key, PdfValue Value)[] head) => new(Dictionary([("Filter", new PdfName("FlateDecode")), .. head]), packed);

    public static byte[] Pack(ReadOnlySpan<byte> content)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zip.Write(content);
        }

        return packed.ToArray();
    }

    /// <summary>Bytes so far.</summary>
    internal long Length => file.WrittenCount;

    internal int Reserve()
    {
        places.Add(0);
        return places.Count;
    }

    internal void Write(int number, PdfValue value)
    {
        places[number - 1] = file.WrittenCount;
        Put($"{number} 0 obj\n");
        Put(value);
        Put("\nendobj\n");
    }

    private void Put(PdfValue value)
    {
        switch (value)
        {
            case PdfRaw raw:
                Put(raw.Text);
                break;
            case PdfName name:
                Put(Written(name.Name));
                break;
            case PdfReference reference:
                Put($"{reference.Number} 0 R");
                break;
            case PdfArray array:
                Put("[");
                Put(array.Items, item => Put(item));
                Put("]");
                break;
            case PdfDictionary dictionary:
                Put("<<");
                Put(dictionary.Entries, e => Put(Written(e.Key) + " ", e.Value));
                Put(">>");
                break;
            case PdfStream stream:
                // Its length is written as it is, whatever the head pointed at.
                Put(new PdfDictionary(new Dictionary<string, PdfValue>(stream.Head.Entries) { ["Length"] = Number(stream.Body.Length) }));
                Put("\nstream\n");
                file.Write(stream.Body.Span);
                Put("\nendstream");
                break;
        }
    }

    private void Put<T>(IEnumerable<T> items, Action<T> put)
    {
        foreach (var item in items)
        {
            put(item);
            Put(" ");
        }
    }

    private void Put(string before, PdfValue value)
    {
        Put(before);
        Put(value);
    }

    /// <summary>Letters that end a name are written as numbers (7.3.5).</summary>
    private static string Written(string name) => !name.AsSpan().ContainsAnyExcept(Regular) ? "/" + name
        : "/" + string.Concat(name.Select(letter => Regular.Contains(letter) ? letter.ToString() : $"#{(int)letter:X2}"));

    private void Put(string text) => file.Write(Encoding.Latin1.GetBytes(text));
}
