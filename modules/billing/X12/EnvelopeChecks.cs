using System.Globalization;

namespace Modular.Billing.X12;

/// <summary>The envelopes of a file: what is open, its control numbers and counts (005010 appendix B.1.1.4, C.1).</summary>
internal sealed class EnvelopeChecks(X12Handler handler)
{
    /// <summary>Control numbers of one group that are kept to find one that comes twice.</summary>
    private const int MostNumbers = 100_000;

    private readonly SegmentChecks checks = new(handler.OnProblem);
    private Interchange? interchange;
    private FunctionalGroup? group;

    public void Judge(Segment piece)
    {
        var (code, sentence) = piece.Kind switch
        {
            PieceKind.TooLong => ("segment-too-long", "A segment is longer than any may be; it is passed over."),
            PieceKind.Outside when interchange is null => ("outside", "There are bytes here that belong to no interchange."),
            PieceKind.Outside => ("segment-empty", "There is an empty segment: two terminators with nothing between them."),
            _ => ("", ""),
        };
        if (code.Length > 0)
        {
            handler.OnProblem(new(ProblemLevel.Envelope, code == "segment-empty" ? Severity.Warning : Severity.Error, code, sentence, piece.Number,
                piece.Offset, ""));
        }
    }

    public void Begin(Segment isa)
    {
        EndOpen(isa);
        interchange = new(isa);
        EnvelopeHeaders.JudgeIsa(isa, handler.OnProblem);
        handler.OnInterchange(interchange);
    }

    public void BeginGroup(Segment gs)
    {
        EndGroup(gs, "GE");
        interchange ??= new(gs);
        interchange.GroupCount++;
        group = new(gs, interchange);
        checks.Check(gs, null, "");
        EnvelopeHeaders.JudgeGs(gs, handler.OnProblem);
        if (handler.KeepsAll)
        {
            interchange.Add(group);
        }

        handler.OnGroup(group);
    }

    public TransactionSet BeginSet(Segment st)
    {
        if (group is null)
        {
            Tell(st, "GS-missing", "A set begins (ST) outside of a group: its GS is missing.");
            interchange ??= new(st);
            group = new(st, interchange);
        }

        group.SetCount++;
        var set = new TransactionSet(st, group, Guides.Of(st[1], group.Version) ?? Guides.Of(st[1], st[3]));
        EnvelopeHeaders.JudgeSt(set, handler.OnProblem);
        if (group.SetNumbers.Count < MostNumbers && !group.SetNumbers.Add(set.ControlNumber))
        {
            Tell(st, "ST02-twice", $"The set's control number {set.ControlNumber} (ST02) comes twice in its group.", 2);
        }

        if (handler.KeepsAll)
        {
            group.Add(set);
        }

        return set;
    }

    /// <param name="se">Null where the set ends without one.</param>
    public void EndSet(TransactionSet set, Segment? se, Segment last)
    {
        if (se is null)
        {
            Tell(last, "SE-missing", $"The set {set.Type} {set.ControlNumber} does not end with SE.");
            return;
        }

        Count(se, "SE01", se[1], set.Count, "segments from ST to SE");
        Same(se, "SE02", se[2], "ST02", set.ControlNumber);
    }

    public void EndGroup(Segment ge)
    {
        if (group is null)
        {
            Tell(ge, "GE-alone", "A group ends here (GE) that did not begin.");
            return;
        }

        checks.Check(ge, null, "");
        Count(ge, "GE01", ge[1], group.SetCount, "sets in the group");
        Same(ge, "GE02", ge[2], "GS06", group.ControlNumber);
        group = null;
    }

    public void End(Segment iea)
    {
        EndGroup(iea, "GE");
        if (interchange is null)
        {
            Tell(iea, "IEA-alone", "An interchange ends here (IEA) that did not begin.");
            return;
        }

        Count(iea, "IEA01", iea[1], interchange.GroupCount, "groups in the interchange");
        Same(iea, "IEA02", iea[2], "ISA13", interchange.ControlNumber);
        if (interchange.GroupCount == 0 && interchange.Acknowledgments.Count == 0)
        {
            Tell(iea, "empty", "The interchange holds nothing: no group and no TA1.", 0, Severity.Warning);
        }

        interchange = null;
    }

    public void Acknowledge(Segment ta1)
    {
        EnvelopeHeaders.JudgeTa1(ta1, handler.OnProblem);
        checks.Check(ta1, null, "");
        if (group is not null)
        {
            Tell(ta1, "TA1-place", "TA1 stands in a group; its place is between ISA and GS.");
        }

        interchange?.Add(ta1);
    }

    public void Stray(Segment segment) => Tell(segment, "outside-set",
        $"{(SegmentTable.All.ContainsKey(segment.Id) ? segment.Id : "A segment that X12 does not know")} stands outside of a set (ST to SE).");

    public void EndOfFile(Segment last) => EndOpen(last);

    private void EndOpen(Segment at)
    {
        EndGroup(at, "GE");
        if (interchange is not null)
        {
            Tell(at, "IEA-missing", $"The interchange {interchange.ControlNumber} does not end with IEA.");
            interchange = null;
        }
    }

    private void EndGroup(Segment at, string missing)
    {
        if (group is not null)
        {
            Tell(at, $"{missing}-missing", $"The group {group.ControlNumber} does not end with {missing}.");
            group = null;
        }
    }

    private void Count(Segment at, string element, string told, long counted, string what)
    {
        if (!long.TryParse(told, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number != counted)
        {
            Tell(at, $"{element}-count", $"{element} says {(told.Length == 0 ? "nothing" : told)}, but there are {counted} {what}.", 1);
        }
    }

    private void Same(Segment at, string element, string told, string other, string expected)
    {
        if (told != expected)
        {
            Tell(at, $"{element}-{other}",
                $"{element} is \"{told}\", but {other} is \"{expected}\": control numbers of begin and end must be the same.", 2);
        }
    }

    private void Tell(Segment at, string code, string sentence, int element = 0, Severity severity = Severity.Error) =>
        handler.OnProblem(Problem.At(at, ProblemLevel.Envelope, code, sentence, element, severity: severity));
}
