namespace Modular.Billing.X12;

/// <summary>
/// Finds for each segment of a set its place in the guide, and so the loop it stands in. What has no place is kept where it stands and said:
/// nothing ends the reading.
/// </summary>
internal sealed class LoopParser(Guide guide, bool keepsAll, Action<Problem> report, Action<Segment, Loop, SegmentUse?> placed, Action<Loop> closed)
{
    /// <summary>Segments and loops held at one time: a set of 5,000 claims kept whole stays below it.</summary>
    public const int MostHeld = 2_000_000;

    /// <summary>The same for one claim or patient of a set that is read piece by piece.</summary>
    private const int MostInUnit = 100_000;

    private sealed class Open(Loop loop)
    {
        public Loop Loop { get; } = loop;
        public int[] Counts { get; } = new int[loop.Use.Children.Count];
        public int Turn { get; set; }
    }

    private readonly List<Open> open = [new(new Loop(guide.Root, null))];
    private int held;
    private bool told;

    public Loop Root => open[0].Loop;

    public Loop Current => open[^1].Loop;

    public void Accept(Segment segment)
    {
        if (segment.Id == "ST")
        {
            Put(segment, 0, guide.Root.Children[0]);
            return;
        }

        if (Search(segment, inTurn: true, out var depth, out var position))
        {
            Put(segment, depth, position);
        }
        else if (Search(segment, inTurn: false, out depth, out position))
        {
            report(Problem.At(segment, ProblemLevel.Structure, "segment-order",
                $"{position.Name} ({segment.Id}) comes too late in loop {open[depth].Loop.Id}.",
                loop: open[depth].Loop.Id));
            Put(segment, depth, position);
        }
        else if (!PutImplied(segment))
        {
            PutStray(segment);
        }
    }

    /// <summary>The set has ended, by its SE or without.</summary>
    public void Close() => CloseTo(-1);

    private bool Search(Segment segment, bool inTurn, out int depth, out Position position)
    {
        (int Depth, Position Position)? full = null;
        for (depth = open.Count - 1; depth >= 0; depth--)
        {
            var at = open[depth];
            foreach (var candidate in at.Loop.Use.Beginning(segment.Id))
            {
                // The first segment of a loop begins the next one of its kind; it never stands twice in the same.
                if (candidate.Index == 0 || (inTurn && candidate.Turn < at.Turn) || !candidate.First.Matches(segment))
                {
                    continue;
                }

                if (at.Counts[candidate.Index] < candidate.Most)
                {
                    position = candidate;
                    return true;
                }

                full ??= (depth, candidate);
            }
        }

        (depth, position) = full ?? (0, null!);
        if (full is not null && inTurn)
        {
            var times = position.Most == 1 ? "once" : $"{position.Most} times";
            report(Problem.At(segment, ProblemLevel.Structure, "too-many",
                $"{position.Name} ({segment.Id}) may stand {times} in loop {open[depth].Loop.Id}; this is one more.",
                loop: open[depth].Loop.Id));
        }

        return full is not null;
    }

    private void Put(Segment segment, int depth, Position position)
    {
        CloseTo(depth);
        var at = open[depth];
        at.Counts[position.Index]++;
        at.Turn = Math.Max(at.Turn, position.Turn);
        if (position is not LoopUse use)
        {
            Keep(segment, position.First);
            return;
        }

        // A loop always has its first segment: who judges it need not ask.
        var begun = new Open(new Loop(use, at.Loop));
        begun.Loop.Add(segment);
        begun.Counts[0]++;
        if (Holds(segment))
        {
            at.Loop.Add(begun.Loop);
        }
        else
        {
            at.Loop.Whole = false;
        }

        open.Add(begun);
        placed(segment, begun.Loop, position.First);
    }

    /// <summary>Some leave out the segment that holds claims together (LX of the 835): what belongs below it is read all the same.</summary>
    private bool PutImplied(Segment segment)
    {
        for (var depth = open.Count - 1; depth >= 0; depth--)
        {
            foreach (var child in open[depth].Loop.Use.Children)
            {
                if (child is not LoopUse { IsLetGo: true, Unit: false } around || child.First.Id == "HL" || child.Turn < open[depth].Turn
                    || Array.Find(around.Beginning(segment.Id), inner => inner is LoopUse && inner.First.Matches(segment)) is not { } found)
                {
                    continue;
                }

                report(Problem.At(segment, ProblemLevel.Structure, "segment-missing",
                    $"{around.First.Name} ({around.First.Id}), which begins loop {around.Id}, is missing before this {segment.Id}.",
                        loop: around.Id));
                CloseTo(depth);
                open[depth].Counts[child.Index]++;
                open[depth].Turn = child.Turn;
                var loop = new Loop(around, open[depth].Loop);
                open[depth].Loop.Add(loop);
                open.Add(new(loop));
                Put(segment, depth + 1, found);
                return true;
            }
        }

        return false;
    }

    /// <summary>No place by its code or none at all: it stays with the loop that is open.</summary>
    private void PutStray(Segment segment)
    {
        for (var depth = open.Count - 1; depth >= 0; depth--)
        {
            if (open[depth].Loop.Use.Beginning(segment.Id).FirstOrDefault(p => p is SegmentUse && p.Index > 0) is { } near)
            {
                report(Problem.At(segment, ProblemLevel.Codes, "code-not-used",
                    $"No {segment.Id} with the code {Code(segment, near.First)} is used in loop {open[depth].Loop.Id}.",
                    near.First.Elements.FirstOrDefault(e => e.Tells)?.Element ?? 0, loop: open[depth].Loop.Id));
                CloseTo(depth);
                Keep(segment, null);
                return;
            }
        }

        report(Problem.At(segment, ProblemLevel.Structure, "segment-unexpected", SegmentTable.All.ContainsKey(segment.Id)
            ? $"{segment.Id} has no place here in the {guide.Type} (after loop {Current.Id})."
            : $"\"{segment.Id}\" is no segment that the {guide.Type} has.", loop: Current.Id));
        Keep(segment, null);
    }

    private static string Code(Segment segment, SegmentUse near) => near.Elements.FirstOrDefault(e => e.Tells) is { } use
        ? $"\"{(use.Component == 0 ? segment[use.Element] : segment[use.Element, use.Component])}\"" : "it has";

    private void Keep(Segment segment, SegmentUse? use)
    {
        if (Holds(segment))
        {
            Current.Add(segment);
        }
        else
        {
            Current.Whole = false;
        }

        placed(segment, Current, use);
    }

    private bool Holds(Segment segment)
    {
        if (held < (keepsAll ? MostHeld : MostInUnit))
        {
            held++;
            return true;
        }

        if (!told)
        {
            told = true;
            report(Problem.At(segment, ProblemLevel.Structure, "too-large",
                $"Loop {Current.Id} has more parts than can be kept; the rest is read but its sums are not judged.",
                loop: Current.Id));
        }

        return false;
    }

    private void CloseTo(int depth)
    {
        while (open.Count - 1 > depth)
        {
            var last = open[^1];
            open.RemoveAt(open.Count - 1);
            Judge(last);
            closed(last.Loop);
            if (last.Loop.Use.IsLetGo && !keepsAll)
            {
                held -= Weight(last.Loop) - (last.Loop.Parent!.Release(last.Loop) ? 0 : 1);
            }

            if (open.Count > 0 && !last.Loop.Whole)
            {
                open[^1].Loop.Whole = false;
            }
        }
    }

    /// <summary>As <see cref="Holds"/> counted them.</summary>
    private static int Weight(Loop loop) => loop.Segments.Count + loop.Loops.Sum(Weight);

    private void Judge(Open last)
    {
        foreach (var child in last.Loop.Use.Children)
        {
            if (child.Required && last.Counts[child.Index] == 0 && last.Loop.Segments is [var first, ..])
            {
                var what = child is LoopUse ? $"Loop {child.Id} ({child.Name})" : $"{child.Name} ({child.Id})";
                report(Problem.At(first, ProblemLevel.Structure, child is LoopUse ? "loop-missing" : "segment-missing",
                    $"{what} is missing in loop {last.Loop.Id}.", loop: last.Loop.Id));
            }
        }
    }
}
