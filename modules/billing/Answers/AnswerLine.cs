namespace Modular.Billing.Answers;

/// <summary>
/// One thing that a file says: of one claim, where <see cref="ClaimNumber"/> is there, else of every claim of a set, group or interchange that
/// we sent.
/// </summary>
public sealed record AnswerLine(AnswerKind Kind, AnswerVerdict Verdict, string Words)
{
    /// <summary>CLM01.</summary>
    public string? ClaimNumber { get; init; }

    /// <summary>ISA13 of what is answered.</summary>
    public string? Interchange { get; init; }

    /// <summary>GS06 of what is answered.</summary>
    public string? Group { get; init; }

    /// <summary>ST02 of what is answered; null for all of a group.</summary>
    public string? Set { get; init; }

    /// <summary>BHT03 of what is answered.</summary>
    public string? Reference { get; init; }

    /// <summary>The payer's own number (REF*1K).</summary>
    public string? PayerNumber { get; init; }

    /// <summary>The payer itself speaks. Of a clearing house's word an acceptance proves nothing about timely filing.</summary>
    public bool FromPayer { get; init; }

    /// <summary>Who speaks.</summary>
    public string Speaker { get; init; } = "";

    /// <summary>The day the answer gives itself.</summary>
    public DateOnly? SaidOn { get; init; }

    /// <summary>As they stood: "A7:562:85".</summary>
    public string Codes { get; init; } = "";

    /// <summary>Where to mend it, when that can be told.</summary>
    public MendPage? Page { get; init; }
}

/// <summary>What a file says.</summary>
/// <param name="Problems">What could not be read, in sentences; the rest was.</param>
/// <param name="HasRemittance">It carries payments (835), which are no answers.</param>
public sealed record AnswerContent(IReadOnlyList<AnswerLine> Lines, IReadOnlyList<string> Problems, bool HasRemittance);
