namespace Modular.Billing.X12;

/// <summary>What one part of a set demands of another. One object for one set, so it may count.</summary>
internal abstract class SetRules
{
    /// <summary>The rules of a guide. Of a set of version 4010 the sums alone are judged.</summary>
    public static List<SetRules> Of(Guide guide, bool isOld, Action<Problem> report)
    {
        List<SetRules> rules = guide.Key switch
        {
            "835" => [new RemittanceRules(report)],
            "837p" when !isOld => [new HierarchyRules(true, report), new ClaimRules(report)],
            "270" or "271" or "276" or "277" or "277ca" when !isOld => [new HierarchyRules(false, report)],
            _ => [],
        };
        if (!isOld)
        {
            rules.Add(new IdentifierRules(report));
        }

        return rules;
    }

    public virtual void OnSegment(Segment segment, Loop loop)
    {
    }

    /// <summary>The loop has ended; everything below it is there.</summary>
    public virtual void OnLoop(Loop loop)
    {
    }
}

/// <summary>One demand of a guide that a table of loops cannot say.</summary>
/// <param name="Id">"837P-2300-REF-F8": the same for ever.</param>
/// <param name="Loop">It is judged when a loop of this id ends.</param>
/// <param name="Section">Where it is written.</param>
public sealed record Situation(string Id, string Loop, ProblemLevel Level, Severity Severity, string Section, Func<Loop, IEnumerable<Finding>> Judge)
{
    internal IEnumerable<Problem> Problems(Loop loop) =>
        Judge(loop).Select(found => Problem.At(found.At, Level, Id, found.Sentence, found.Element, found.Component, loop.Id, Severity));
}

/// <param name="At">The segment that is wrong, or the one that asks for what is missing.</param>
public sealed record Finding(Segment At, string Sentence, int Element = 0, int Component = 0);
