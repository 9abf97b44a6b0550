using System.ComponentModel.DataAnnotations;

namespace Modular.Billing.Answers;

/// <summary>What an answer means for the claim.</summary>
public enum AnswerVerdict
{
    /// <summary>It moves nothing: not found yet, split, pending, or the answerer asks for something.</summary>
    [Display(Name = "Open")] Open,

    /// <summary>Whoever answers has it.</summary>
    [Display(Name = "Received")] Received,

    /// <summary>It is in the system that will decide on it.</summary>
    [Display(Name = "Accepted")] Accepted,

    /// <summary>It never got into the payer's system: it goes again as an original.</summary>
    [Display(Name = "Rejected")] Rejected,

    /// <summary>Paid or denied.</summary>
    [Display(Name = "Decided")] Decided,
}

/// <summary>Which kind of file speaks.</summary>
public enum AnswerKind
{
    /// <summary>Of an interchange (appendix C.1.3).</summary>
    [Display(Name = "TA1")] Ta1,

    /// <summary>Of sets of claims (005010X231A1).</summary>
    [Display(Name = "999")] Ack999,

    /// <summary>Of each claim (005010X214).</summary>
    [Display(Name = "277CA")] Acknowledgment,

    /// <summary>Of a question where a claim is (005010X212).</summary>
    [Display(Name = "277")] Status,
}
