namespace Modular.Billing.X12;

/// <summary>A loop as it stands in a set: its segments, the loops in it. The root is the set itself, ST to SE.</summary>
public sealed class Loop
{
    private readonly List<Segment> segments = [];
    private readonly List<Loop> loops = [];

    internal Loop(LoopUse use, Loop? parent) => (Use, Parent) = (use, parent);

    public LoopUse Use { get; }

    /// <summary>"2100".</summary>
    public string Id => Use.Id;

    public Loop? Parent { get; }

    /// <summary>In the order of the file; <see cref="Segment.Number"/> says how they stand among the segments of other loops.</summary>
    public IReadOnlyList<Segment> Segments => segments;

    public IReadOnlyList<Loop> Loops => loops;

    /// <summary>False where parts were let go because there were more than any set may have; sums are not judged then.</summary>
    public bool Whole { get; internal set; } = true;

    /// <summary>The first segment with this id, and with one of these codes in an element where codes are given.</summary>
    public Segment? Find(string id, int element = 0, params ReadOnlySpan<string> codes)
    {
        foreach (var segment in segments)
        {
            if (segment.Id == id && (codes.Length == 0 || IsOne(segment, element, codes)))
            {
                return segment;
            }
        }

        return null;
    }

    public IEnumerable<Segment> All(string id) => segments.Where(segment => segment.Id == id);

    /// <summary>The first loop of this id right below.</summary>
    public Loop? Child(string id) => loops.Find(loop => loop.Id == id);

    public IEnumerable<Loop> Children(string id) => loops.Where(loop => loop.Id == id);

    /// <summary>The loops of this id at any depth below.</summary>
    public IEnumerable<Loop> Below(string id) => loops.SelectMany(loop => loop.Id == id ? loop.Below(id).Prepend(loop) : loop.Below(id));

    /// <summary>This loop or the nearest around it with this id.</summary>
    public Loop? Around(string id) => Id == id ? this : Parent?.Around(id);

    internal bool HasLowerLevel { get; set; }

    internal void Add(Segment segment) => segments.Add(segment);

    internal void Add(Loop loop) => loops.Add(loop);

    /// <summary>False where it was not kept to begin with.</summary>
    internal bool Release(Loop loop)
    {
        if (loops.Count == 0 || loops[^1] != loop)
        {
            return false;
        }

        loops.RemoveAt(loops.Count - 1);
        return true;
    }

    private static bool IsOne(Segment segment, int element, ReadOnlySpan<string> codes)
    {
        foreach (var code in codes)
        {
            if (segment.Is(element, code))
            {
                return true;
            }
        }

        return false;
    }
}
