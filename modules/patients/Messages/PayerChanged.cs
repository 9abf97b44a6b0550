using Modular.Sdk;

namespace Modular.Patients.Messages;

/// <summary>An insurer or program that pays was added or changed: who it is. What it demands and pays is billing's. Whole state.</summary>
/// <param name="Version">Grows with every change; a lower one than already seen is late and ignored.</param>
/// <param name="PayerNumber">The number a claim is addressed to; null when it is not known.</param>
/// <param name="State">Two letters.</param>
/// <param name="Zip">Five or nine digits, without hyphen.</param>
/// <param name="Phone">As patients' numbers are kept: ten digits, or with + and the country.</param>
/// <param name="ClaimFilingCode">What kind of payer a claim goes to, as claims say it (837P SBR09): CI, MB, 12; null when it is not known.</param>
/// <param name="Active">Offered when coverage is added.</param>
[Message("patients.payer-changed.v1", Needs = PatientsPermissions.Read, Patients = [])]
public sealed record PayerChanged(
    Guid PayerId, int Version, string Name, string? PayerNumber, string? Address, string? City, string? State, string? Zip, string? Phone, string? ClaimFilingCode,
    bool Active);
