using System.Buffers;
using System.Globalization;
using System.Text;

namespace Modular.Patients.Scans.Pdf;

/// <summary>A new file: pages with everything they reach, and nothing else. What a file does by itself (scripts, an action at opening) hangs on its root and is left behind.</summary>
public sealed class PdfWriter
{
    private const int Tree = 2;

    // Threads through other pages, the structure of the whole document, actions.
    private static readonly string[] LeftBehind = ["Parent", "B", "StructParents", "AA"];

    private readonly ArrayBufferWriter<byte> file = new();
    private readonly List<int> places = [0, 0]; // root and tree are written last, their numbers are known first
    private readonly List<PdfValue> pages = [];

    public PdfWriter() => Put("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n");

    /// <summary>Pages of one file, each turned so many degrees clockwise beside what the file says.</summary>
    public PdfWriter Add(PdfPages from, IReadOnlyList<(PdfPage Page, int Turn)> chosen)
    {
        var copies = new Copies(this, from);
        foreach (var (page, _) in chosen)
        {
            copies.Of(page);
        }

        foreach (var (page, turn) in chosen)
        {
            var entries = page.Entries.Entries.Where(e => !LeftBehind.Contains(e.Key)).ToDictionary(e => e.Key, e => copies.Map(e.Value));
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

    public byte[] ToArray()
    {
        Write(1, Dictionary(("Type", new PdfName("Catalog")), ("Pages", new PdfReference(Tree))));
        Write(Tree, Dictionary(("Type", new PdfName("Pages")), ("Count", Number(pages.Count)), ("Kids", new PdfArray(pages))));
        var contents = file.WrittenCount;
        Put($"xref\n0 {places.Count + 1}\n0000000000 65535 f \n");
        foreach (var place in places)
        {
            Put(place.ToString("0000000000", CultureInfo.InvariantCulture) + " 00000 n \n");
        }

        Put($"trailer\n<</Size {places.Count + 1}/Root 1 0 R>>\nstartxref\n{contents}\n%%EOF\n");
        return file.WrittenSpan.ToArray();
    }

    public static PdfRaw Number(double number) => new(number.ToString("0.###", CultureInfo.InvariantCulture));

    public static PdfDictionary Dictionary(params (string Key, PdfValue Value)[] entries) => new(entries.ToDictionary(e => e.Key, e => e.Value));

    private int Reserve()
    {
        places.Add(0);
        return places.Count;
    }

    private void Write(int number, PdfValue value)
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
                Put("/" + name.Name);
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
                Put(dictionary.Entries, e => Put("/" + e.Key + " ", e.Value));
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

    private void Put(string text) => file.Write(Encoding.Latin1.GetBytes(text));

    /// <summary>What of one file is carried over, under new numbers.</summary>
    private sealed class Copies(PdfWriter to, PdfPages from)
    {
        private readonly Dictionary<int, int> numbers = [];
        private readonly Queue<int> waiting = [];

        public int Of(PdfPage page) => numbers.TryGetValue(page.Number, out var number) ? number : numbers[page.Number] = to.Reserve();

        public PdfValue Map(PdfValue value) => value switch
        {
            PdfReference reference => Of(reference.Number) is { } number ? new PdfReference(number) : PdfRaw.Null,
            PdfArray array => new PdfArray([.. array.Items.Select(Map)]),
            PdfDictionary dictionary => Map(dictionary),
            PdfStream stream => new PdfStream(Map(stream.Head), stream.Body),
            _ => value,
        };

        public void WriteAll()
        {
            while (waiting.TryDequeue(out var old))
            {
                to.Write(numbers[old], Map(from.Objects.Resolve(new PdfReference(old))!));
            }
        }

        private PdfDictionary Map(PdfDictionary dictionary) => new(dictionary.Entries.ToDictionary(e => e.Key, e => Map(e.Value)));

        /// <summary>Null for a page that was not chosen: a link to it leads nowhere now, and must not bring it along.</summary>
        private int? Of(int old)
        {
            if (numbers.TryGetValue(old, out var number))
            {
                return number;
            }

            if (from.IsPageOrBranch(old) || from.Objects.Resolve(new PdfReference(old)) is null)
            {
                return null;
            }

            waiting.Enqueue(old);
            return numbers[old] = to.Reserve();
        }
    }
}
