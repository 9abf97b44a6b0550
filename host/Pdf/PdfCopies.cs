namespace Modular.Host.Pdf;

/// <summary>
/// What of one file is carried over, under new numbers: what its pages show, and nothing that acts. A page and what is stuck on it
/// (annotations) are taken by lists of what is drawn, so that what nobody thought of stays behind; further down whatever is an
/// action, a file or a way to one by its shape.
/// </summary>
public sealed class PdfCopies(PdfWriter to, PdfPages from)
{
    /// <summary>In bytes, beside three times the file: pages that share what they are made of are no reason to write a gigabyte.</summary>
    private const long MostWritten = 64 * 1024 * 1024;

    private static readonly HashSet<string> OfPage =
        ["Type", "Resources", "Contents", "MediaBox", "CropBox", "BleedBox", "TrimBox", "ArtBox", "UserUnit", "Group", "Annots"];

    private static readonly HashSet<string> Drawn =
    [
        "Link", "Text", "FreeText", "Line", "Square", "Circle", "Polygon", "PolyLine", "Highlight", "Underline", "Squiggly", "StrikeOut", "Caret", "Stamp", "Ink",
        "Widget", "Watermark", "Redact",
    ];

    private static readonly HashSet<string> OfAnnotation =
    [
        "Type", "Subtype", "Rect", "Contents", "NM", "M", "F", "AP", "AS", "Border", "BS", "BE", "C", "CA", "ca", "IC", "RD", "DA", "DS", "Q", "CL", "IT", "Name", "T",
        "TU", "Subj", "Sy", "L", "LE", "LL", "LLE", "Cap", "CO", "CP", "Vertices", "QuadPoints", "InkList", "MK", "H", "FT", "V", "Ff", "Opt", "I", "TI", "MaxLen", "Dest",
    ];

    /// <summary>Of a stream: its bytes, its picture or its page in another file.</summary>
    private static readonly HashSet<string> Elsewhere = ["F", "FFilter", "FDecodeParms", "Ref", "OPI", "AF"];

    private static readonly HashSet<string> NeverCarried = ["Action", "Catalog", "Filespec", "F", "EmbeddedFile"];

    private readonly long before = to.Length;
    private readonly Dictionary<int, int> numbers = [];
    private readonly Queue<int> waiting = [];

    private PdfObjects Objects => from.Objects;

    public int Of(PdfPage page) => numbers.TryGetValue(page.Number, out var number) ? number : numbers[page.Number] = to.Reserve();

    public Dictionary<string, PdfValue> Entries(PdfPage page) => page.Entries.Entries.Where(e => OfPage.Contains(e.Key))
        .ToDictionary(e => e.Key, e => e.Key == "Annots" ? Annotations(e.Value) : Map(e.Value));

    /// <summary>The page with something drawn upon it, whatever it leaves its pen at.</summary>
    public Dictionary<string, PdfValue> Entries(PdfPage page, PdfReference save, PdfReference over, PdfDictionary drawnWith)
    {
        var entries = Entries(page);
        var contents = Objects.Resolve(page.Entries["Contents"]) is PdfArray { Items: var several } ? several.Select(Map)
            : entries.TryGetValue("Contents", out var one) ? [one] : [];
        entries["Contents"] = new PdfArray([save, .. contents, over]);
        var own = Objects.Dictionary(page.Entries["Resources"]) ?? PdfWriter.Dictionary();
        entries["Resources"] = Both(own, drawnWith, (theirs, ours) => Both(Objects.Dictionary(theirs) ?? PdfWriter.Dictionary(), (PdfDictionary)ours, (_, mine) => mine));
        return entries;
    }

    /// <summary>What the file has, mapped, and beside it what is new.</summary>
    private PdfDictionary Both(PdfDictionary theirs, PdfDictionary ours, Func<PdfValue, PdfValue, PdfValue> meet)
    {
        var both = theirs.Entries.ToDictionary(e => e.Key, e => Map(e.Value));
        foreach (var (key, value) in ours.Entries)
        {
            both[key] = theirs[key] is { } old ? meet(old, value) : value;
        }

        return new(both);
    }

    public void WriteAll()
    {
        while (waiting.TryDequeue(out var old))
        {
            to.Write(numbers[old], Map(Objects.Resolve(new PdfReference(old))!));
            CheckLength();
        }
    }

    private PdfArray Annotations(PdfValue value)
    {
        var kept = new List<PdfValue>();
        foreach (var item in (Objects.Resolve(value) as PdfArray)?.Items ?? [])
        {
            if (Objects.Dictionary(item) is { } annotation && Drawn.Contains(NameOf(annotation["Subtype"])))
            {
                var entries = annotation.Entries.Where(e => OfAnnotation.Contains(e.Key)).ToDictionary(e => e.Key, e => Map(e.Value));
                if (NameOf(annotation["Subtype"]) == "Link" && Click(annotation["A"]) is { } click)
                {
                    entries["A"] = click;
                }

                kept.Add(to.Add(new PdfDictionary(entries)));
                CheckLength();
            }
        }

        return new(kept);
    }

    /// <summary>A link leads to a page of this document or to an address that the browser shows first, and needs a click; nothing else is done for it.</summary>
    private PdfDictionary? Click(PdfValue? action) => Objects.Dictionary(action) switch
    {
        { } link when NameOf(link["S"]) == "GoTo" && Objects.Resolve(link["D"]) is PdfArray target => PdfWriter.Dictionary(("S", new PdfName("GoTo")), ("D", Map(target))),
        { } link when NameOf(link["S"]) == "URI" && Objects.Resolve(link["URI"]) is PdfRaw { Text: var address } && PdfActions.IsAddress(address) =>
            PdfWriter.Dictionary(("S", new PdfName("URI")), ("URI", new PdfRaw(address))),
        _ => null,
    };

    private PdfValue Map(PdfValue value) => value switch
    {
        PdfReference reference => Of(reference.Number) is { } number ? new PdfReference(number) : PdfRaw.Null,
        PdfArray array => new PdfArray([.. array.Items.Select(Map)]),
        PdfDictionary dictionary => IsCarried(dictionary) ? Map(dictionary, []) : PdfRaw.Null,
        PdfStream stream => IsCarried(stream.Head) ? new PdfStream(Map(stream.Head, Elsewhere), stream.Body) : PdfRaw.Null,
        _ => value,
    };

    private PdfDictionary Map(PdfDictionary dictionary, HashSet<string> without) =>
        new(dictionary.Entries.Where(e => !without.Contains(e.Key)).ToDictionary(e => e.Key, e => Map(e.Value)));

    private bool IsCarried(PdfDictionary dictionary) => !PdfActions.IsKind(NameOf(dictionary["S"])) && !NeverCarried.Contains(NameOf(dictionary["Type"]));

    private string NameOf(PdfValue? value) => Objects.Resolve(value) is PdfName { Name: var name } ? name : "";

    /// <summary>Null for a page that was not chosen: a link to it leads nowhere now, and must not bring it along.</summary>
    private int? Of(int old)
    {
        if (numbers.TryGetValue(old, out var number))
        {
            return number;
        }

        if (from.IsPageOrBranch(old) || Objects.Resolve(new PdfReference(old)) is null)
        {
            return null;
        }

        waiting.Enqueue(old);
        return numbers[old] = to.Reserve();
    }

    private void CheckLength()
    {
        if (to.Length - before > MostWritten + (3L * Objects.Bytes))
        {
            throw new PdfBrokenException("Its pages share more than they could be made of.");
        }
    }
}
