namespace Modular.Billing.X12;

/// <summary>What a guide says of one element of one segment in one loop.</summary>
/// <param name="Component">0 for the element itself.</param>
/// <param name="Tells">Its code tells the segment from its neighbors of the same id (REF*G1 from REF*9F).</param>
/// <param name="Codes">The codes that the guide names; empty where it names none.</param>
/// <param name="List">A list of codes that others keep: "pos", "state" …</param>
public sealed record ElementUse(int Element, int Component, bool Required, bool Tells, IReadOnlyList<string> Codes, string? List)
{
    private readonly HashSet<ulong> packed = [.. Codes.Select(X12.Codes.Pack)];

    internal bool HasCodes => packed.Count > 0;

    internal HashSet<ulong>? Listed { get; } = List is null ? null : SegmentTable.Lists[List];

    internal bool Has(ReadOnlySpan<byte> code) => packed.Contains(X12.Codes.Pack(code));
}

/// <summary>A segment or a loop at its place in a loop.</summary>
/// <param name="Most">How often it may stand there; <see cref="int.MaxValue"/> without end.</param>
public abstract record Position(string Id, bool Required, int Most, string Name)
{
    /// <summary>Its turn among its neighbors; those with the same first segment have the same turn, in any order.</summary>
    public int Turn { get; internal set; }

    internal int Index { get; set; }

    /// <summary>The segment that stands for it.</summary>
    internal abstract SegmentUse First { get; }
}

/// <summary>A segment at its place in a loop. <paramref name="Elements"/> that are not listed are not used there.</summary>
public sealed record SegmentUse(string Id, bool Required, int Most, string Name, IReadOnlyList<ElementUse> Elements)
    : Position(Id, Required, Most, Name)
{
    private readonly ElementUse[] telling = [.. Elements.Where(e => e.Tells)];

    internal override SegmentUse First => this;

    internal ElementUse?[] ByElement { get; } = [.. Enumerable.Range(0, 30).Select(i =>
        Elements.FirstOrDefault(e => e.Element == i && e.Component == 0))];

    internal int LastRequired { get; } = Elements.Where(e => e is { Required: true, Component: 0 }).Select(e => e.Element).DefaultIfEmpty(0).Max();

    internal ElementUse[]?[] Components { get; } =
        [.. Enumerable.Range(0, 30).Select(i => Elements.Where(e => e.Component > 0 && e.Element == i).ToArray() is { Length: > 0 } uses
            ? uses : null)];

    internal bool Matches(Segment segment)
    {
        foreach (var use in telling)
        {
            var bytes = segment.Bytes(use.Element);
            if (!use.Has(use.Component == 0 ? bytes : Segment.Nth(bytes, segment.Delimiters.Component, use.Component - 1)))
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>A loop: its first segment begins it.</summary>
/// <param name="Unit">What a long set is read by: one claim, one patient. It is judged and let go before the next one.</param>
public sealed record LoopUse(string Id, bool Required, int Most, string Name, bool Unit, IReadOnlyList<Position> Children)
    : Position(Id, Required, Most, Name)
{
    internal override SegmentUse First => Children[0].First;

    /// <summary>It may stand without end in a set that is read piece by piece, and so is let go when it is judged.</summary>
    internal bool IsLetGo { get; } = Unit || (Most == int.MaxValue && Children.Any(child => child is LoopUse { HasUnit: true }));

    private bool HasUnit => Unit || Children.Any(child => child is LoopUse { HasUnit: true });

    private Dictionary<string, Position[]>? byFirst;

    /// <summary>What may begin with a segment of this id, by turn.</summary>
    internal Position[] Beginning(string segment) => (byFirst ??= ByFirst()).GetValueOrDefault(segment) ?? [];

    private Dictionary<string, Position[]> ByFirst() => Children.GroupBy(c => c.First.Id).ToDictionary(group => group.Key, group => group.ToArray());
}

/// <summary>An implementation guide: what a transaction set of one type must look like.</summary>
/// <param name="Type">ST01.</param>
/// <param name="Version">The begin of GS08, without the number of its errata: "005010X222".</param>
/// <param name="Group">GS01.</param>
public sealed record Guide(string Key, string Type, string Version, string Group, string Name, LoopUse Root);
