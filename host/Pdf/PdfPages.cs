namespace Modular.Host.Pdf;

/// <param name="Number">The object it is, so that references to it are known.</param>
/// <param name="Entries">With what it inherits from the tree above it (7.7.3.4).</param>
/// <param name="Turn">Degrees clockwise, as the file says.</param>
/// <param name="Shown">The part of it that is shown, in points, before it is turned (14.11.2).</param>
public sealed record PdfPage(int Number, PdfDictionary Entries, int Turn, PdfBox Shown)
{
    /// <summary>True when it is wider than high as it is shown.</summary>
    public bool Wide => Shown.Width > Shown.Height ^ Turn is 90 or 270;
}

/// <summary>In points.</summary>
public sealed record PdfBox(double Left, double Bottom, double Width, double Height);

/// <summary>The pages of a file in their order.</summary>
public sealed class PdfPages
{
    private static readonly string[] Inherited = ["Resources", "MediaBox", "CropBox", "Rotate"];

    private readonly List<PdfPage> pages = [];
    private readonly HashSet<int> tree = [];
    private readonly int most;

    /// <exception cref="PdfBrokenException">The tree of pages is not there or leads in a circle.</exception>
    public PdfPages(PdfObjects objects, int most)
    {
        (Objects, this.most) = (objects, most);
        if (objects.Dictionary(objects.Root)?["Pages"] is not { } top)
        {
            throw new PdfBrokenException("There is no tree of pages.");
        }

        Walk(top, new Dictionary<string, PdfValue>(), 0);
    }

    public PdfObjects Objects { get; }

    /// <summary>At most one more than was asked for.</summary>
    public IReadOnlyList<PdfPage> All => pages;

    /// <summary>True for a page, or a branch of the tree: what nobody may drag along by pointing at it.</summary>
    public bool IsPageOrBranch(int number) => tree.Contains(number);

    private void Walk(PdfValue node, Dictionary<string, PdfValue> above, int depth)
    {
        if (node is not PdfReference { Number: var number } || Objects.Dictionary(node) is not { } entries || !tree.Add(number) || depth > 50)
        {
            throw new PdfBrokenException("The tree of pages is broken.");
        }

        var own = new Dictionary<string, PdfValue>(above);
        foreach (var key in Inherited)
        {
            if (entries[key] is { } value)
            {
                own[key] = value;
            }
        }

        if (Objects.Resolve(entries["Kids"]) is not PdfArray { Items: var kids })
        {
            pages.Add(Page(number, entries, own));
            return;
        }

        foreach (var kid in kids)
        {
            if (pages.Count <= most)
            {
                Walk(kid, own, depth + 1);
            }
        }
    }

    private PdfPage Page(int number, PdfDictionary entries, Dictionary<string, PdfValue> inherited)
    {
        var all = new Dictionary<string, PdfValue>(entries.Entries);
        foreach (var (key, value) in inherited)
        {
            all[key] = value;
        }

        var turn = (((int)(Objects.Number(all.GetValueOrDefault("Rotate")) ?? 0) % 360) + 360) % 360 / 90 * 90;
        return new(number, new(all), turn, Box(all.GetValueOrDefault("CropBox")) ?? Box(all.GetValueOrDefault("MediaBox")) ?? new(0, 0, 612, 792));
    }

    /// <summary>Null for what encloses nothing. Any two opposite corners may be named (7.9.5).</summary>
    private PdfBox? Box(PdfValue? value)
    {
        if (Objects.Resolve(value) is not PdfArray { Items: { Count: 4 } items })
        {
            return null;
        }

        var at = items.Select(item => Objects.Number(item) ?? 0).ToArray();
        var box = new PdfBox(Math.Min(at[0], at[2]), Math.Min(at[1], at[3]), Math.Abs(at[2] - at[0]), Math.Abs(at[3] - at[1]));
        return box is { Width: > 0, Height: > 0 } ? box : null;
    }
}
