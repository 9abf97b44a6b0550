using System.Globalization;
using Modular.Billing.X12;

namespace Modular.Billing.Edi;

/// <summary>What is in a file and every problem of it, a line each, written as it is read.</summary>
internal sealed class FileReport(string file, TextWriter output) : FileHandler
{
    private readonly SortedDictionary<string, int> sets = new(StringComparer.Ordinal);
    private readonly List<string> early = [];
    private int interchanges;
    private int groups;
    private int errors;
    private int warnings;

    public bool IsClean => errors == 0;

    public override void OnInterchange(Interchange interchange)
    {
        base.OnInterchange(interchange);
        interchanges++;
        early.ForEach(output.WriteLine);
        early.Clear();
    }

    public override void OnGroup(FunctionalGroup group) => groups++;

    public override void OnSet(TransactionSet set)
    {
        var version = set.St[3].Length > 0 ? set.St[3] : set.Group.Version;
        var kind = $"{Plain(set.Type)} {Plain(version)}, {set.Guide?.Name ?? "not known here: only its envelope is judged"}"
            + (Guides.IsOld(version) ? "; version 4010, which 5010 replaced in 2012: only its sums are judged" : "");
        sets[kind] = sets.GetValueOrDefault(kind) + 1;
    }

    /// <summary>"error segment 14 NM109 at byte 512, loop 2010AA: sentence [code]".</summary>
    public override void OnProblem(Problem problem)
    {
        _ = problem.Severity == Severity.Error ? errors++ : warnings++;
        var element = problem.Element == 0 ? "" : problem.Element.ToString("00", CultureInfo.InvariantCulture)
            + (problem.Component == 0 ? "" : $"-{problem.Component}");
        Tell($"{(problem.Severity == Severity.Error ? "error" : "warning")} segment {problem.Segment}"
            + $"{(problem.SegmentId.Length == 0 ? "" : $" {Plain(problem.SegmentId)}{element}")} at byte {problem.Offset}"
            + $"{(problem.Loop.Length == 0 ? "" : $", loop {problem.Loop}")}: {Plain(problem.Sentence)} [{problem.Code}]");
    }

    public override void End()
    {
        foreach (var (kind, count) in sets)
        {
            output.WriteLine($"{file}: {Count(count, "set")} of {kind}");
        }

        output.WriteLine($"{file}: {Count(interchanges, "interchange")}, {Count(groups, "group")}, {Count(sets.Values.Sum(), "set")}; "
            + $"{Count(errors, "error")}, {Count(warnings, "warning")}");
    }

    /// <summary>What comes before the first interchange is said when there is one: a file that is no X12 has one sentence, not many.</summary>
    private void Tell(string line)
    {
        if (HasInterchange)
        {
            output.WriteLine(line);
        }
        else if (early.Count < 100)
        {
            early.Add(line);
        }
    }

    private static string Count(int number, string what) => $"{number} {what}{(number == 1 ? "" : "s")}";

    /// <summary>A file must not speak to the terminal in control characters.</summary>
    private static string Plain(string text) => text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? '?' : c)) : text;
}
