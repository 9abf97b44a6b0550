using Modular.Billing.Payers;
using Modular.Sdk;

namespace Modular.Billing.Claims;

/// <summary>
/// When a claim may be replaced (CLM05-3 7) or voided (8): the payer must have decided it and given it a number (REF*F8), and must take such claims.
/// Medicare Part B takes neither (Claims Processing Manual ch. 34: reopening or appeal).
/// </summary>
public static class CorrectedFrequency
{
    /// <returns>Why not; null when it may.</returns>
    public static string? Refusal(Claim claim, PayerRule? rule, string frequency) =>
        claim.State != ClaimState.Decided
            ? claim.State == ClaimState.Rejected ? "It was rejected, so the payer does not have it: mend it and send it again as an original."
                : $"The payer has not decided: the claim is {claim.State.Title().ToLowerInvariant()}."
        : claim.PayerClaimNumber is null ? "The payer's number of the claim is not known: a corrected claim must name it."
        : frequency == "7" && rule?.Replacement == false ? $"{claim.Payer} takes no corrected claims: ask for a reopening, or appeal."
        : frequency == "8" && rule?.Void == false ? $"{claim.Payer} takes no voids of claims: ask for a reopening, or pay back."
        : null;
}
