using System.Globalization;

namespace Modular.Billing.X12;

/// <summary>
/// HL segments: numbered from 1 in each set, each naming the one above it, HL04 telling whether others are below (005010X222A1 section 1.10
/// and section 2, HL; the same in the other guides with levels).
/// </summary>
/// <param name="strict">A level that says it has others below, and has none, is an error in claims; published answers do it where they
/// reject.</param>
internal sealed class HierarchyRules(bool strict, Action<Problem> report) : SetRules
{
    private int count;

    public override void OnSegment(Segment segment, Loop loop)
    {
        if (segment.Id != "HL")
        {
            return;
        }

        count++;
        if (segment[1] != count.ToString(CultureInfo.InvariantCulture))
        {
            report(Problem.At(segment, ProblemLevel.Structure, "HL01", $"HL01 is \"{segment[1]}\", but this is level number {count} of the set.", 1,
                loop: loop.Id));
        }

        if (loop.Parent?.Find("HL") is not { } above)
        {
            return;
        }

        loop.Parent.HasLowerLevel = true;
        if (segment[2] != above[1])
        {
            report(Problem.At(segment, ProblemLevel.Structure, "HL02", $"HL02 is \"{segment[2]}\", but the level above is number {above[1]}.", 2,
                loop: loop.Id));
        }
    }

    public override void OnLoop(Loop loop)
    {
        if (loop.Find("HL") is not { } level || level[4] is not ("0" or "1") || level.Is(4, "1") == loop.HasLowerLevel)
        {
            return;
        }

        report(Problem.At(level, ProblemLevel.Structure, "HL04",
            loop.HasLowerLevel ? $"HL04 of level {level[1]} says that no level is below it, but there is one."
                : $"HL04 of level {level[1]} says that a level is below it, but there is none.",
            4, loop: loop.Id, severity: strict || loop.HasLowerLevel ? Severity.Error : Severity.Warning));
    }
}
