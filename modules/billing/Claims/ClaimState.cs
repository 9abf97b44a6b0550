using System.ComponentModel.DataAnnotations;

namespace Modular.Billing.Claims;

/// <summary>Where a claim is between closed charges and the payer's decision.</summary>
public enum ClaimState
{
    /// <summary>Made or changed, and not judged since.</summary>
    [Display(Name = "To check")] ToCheck,

    /// <summary>It has faults: it would be refused.</summary>
    [Display(Name = "To correct")] ToCorrect,

    /// <summary>Without fault, and kept back for a reason.</summary>
    [Display(Name = "Held")] Held,

    /// <summary>May go.</summary>
    [Display(Name = "To send")] ToSend,

    /// <summary>In a batch that left.</summary>
    [Display(Name = "Sent")] Sent,

    /// <summary>The file was taken, or the clearing house has it.</summary>
    [Display(Name = "Received")] Received,

    /// <summary>The payer has it in its system.</summary>
    [Display(Name = "Accepted")] Accepted,

    /// <summary>It never got into the payer's system: it goes again as an original.</summary>
    [Display(Name = "Rejected")] Rejected,

    /// <summary>Paid or denied.</summary>
    [Display(Name = "Decided")] Decided,

    /// <summary>Replaced or voided by a later claim.</summary>
    [Display(Name = "Closed")] Closed,

    /// <summary>Taken back before it was sent.</summary>
    [Display(Name = "Void")] Void,
}
