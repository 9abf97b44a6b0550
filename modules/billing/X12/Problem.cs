namespace Modular.Billing.X12;

/// <summary>Which of the tests a file fails: they are the first four of the usual seven types of WEDI SNIP, and code lists.</summary>
public enum ProblemLevel
{
    /// <summary>ISA to IEA: control numbers, counts, order of the envelopes (005010 appendix B.1.1, C.1).</summary>
    Envelope,

    /// <summary>A segment or element by itself: known, of its type and length (appendix B.1.1.3).</summary>
    Syntax,

    /// <summary>Loops and required parts by the implementation guide (its section 2), and what one part demands of another.</summary>
    Structure,

    /// <summary>Sums (837: section 1.4.4 and CLM02; 835: section 1.10.2).</summary>
    Balance,

    /// <summary>A code that its list does not have.</summary>
    Codes,
}

/// <summary>An error makes a file wrong; a warning is a thing to look at, which the sender may have meant (published examples have them).</summary>
public enum Severity
{
    Error,
    Warning,
}

/// <summary>One thing that is wrong with a file.</summary>
/// <param name="Code">Short and the same for every file: "SE01-count", "element-required".</param>
/// <param name="Sentence">One English sentence for a biller.</param>
/// <param name="Segment">The how-manieth segment of the file, from 1; 0 before the first one.</param>
/// <param name="Offset">Where that segment is in the file, in bytes from 0.</param>
/// <param name="SegmentId">"SE"; empty for what is no segment.</param>
/// <param name="Element">From 1; 0 where it is about the whole segment.</param>
/// <param name="Component">From 1; 0 where it is about the whole element.</param>
/// <param name="Loop">"2010AA"; empty outside a set.</param>
public sealed record Problem(
    ProblemLevel Level, Severity Severity, string Code, string Sentence, long Segment, long Offset, string SegmentId, int Element = 0,
        int Component = 0, string Loop = "")
{
    internal static Problem At(Segment segment, ProblemLevel level, string code, string sentence, int element = 0, int component = 0,
        string loop = "",
        Severity severity = Severity.Error) =>
        new(level, severity, code, sentence, segment.Number, segment.Offset, segment.Id, element, component, loop);
}
