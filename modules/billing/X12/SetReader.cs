namespace Modular.Billing.X12;

/// <summary>One set while it is read: its loops, the checks of its segments, its rules.</summary>
internal sealed class SetReader
{
    private readonly X12Handler handler;
    private readonly LoopParser? loops;
    private readonly SegmentChecks checks;
    private readonly List<SetRules> rules;
    private readonly bool isOld;

    public SetReader(TransactionSet set, X12Handler handler)
    {
        (Set, this.handler, isOld) = (set, handler, Guides.IsOld(set.Group.Version));
        checks = new(Tell);
        rules = set.Guide is { } guide ? SetRules.Of(guide, isOld, handler.OnProblem) : [];
        if (set.Guide is { } known)
        {
            loops = new(known, handler.KeepsAll, Tell, Placed, Closed);
            set.Root = loops.Root;
        }

        handler.OnSet(set);
    }

    public TransactionSet Set { get; }

    public void Accept(Segment segment)
    {
        Set.Count++;
        if (loops is not null)
        {
            loops.Accept(segment);
        }
        else
        {
            checks.Check(segment, null, "");
        }
    }

    public void Close()
    {
        loops?.Close();
        handler.OnSetEnd(Set);
    }

    private void Placed(Segment segment, Loop loop, SegmentUse? use)
    {
        checks.Check(segment, use, loop.Id);
        foreach (var rule in rules)
        {
            rule.OnSegment(segment, loop);
        }
    }

    private void Closed(Loop loop)
    {
        foreach (var rule in rules)
        {
            rule.OnLoop(loop);
        }

        handler.OnLoop(Set, loop);
    }

    /// <summary>A set of version 4010 is read with the tables of 5010: what differs between the two is no fault of it.</summary>
    private void Tell(Problem problem)
    {
        if (!isOld)
        {
            handler.OnProblem(problem);
        }
    }
}
