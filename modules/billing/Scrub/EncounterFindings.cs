using Modular.Billing.Encounters;

namespace Modular.Billing.Scrub;

/// <summary>What the superbill shows of the scrubber.</summary>
/// <param name="HasClaim">False where the patient pays: then nothing is judged that a payer would.</param>
/// <param name="MayMend">The charges are open, and this person may change them.</param>
/// <param name="MayPass">This person may let findings pass.</param>
public sealed record EncounterFindings(Encounter Encounter, IReadOnlyList<Finding> Findings, bool HasClaim, bool MayMend, bool MayPass)
{
    public int Stopping => Findings.Count(f => f.Stops);
}
