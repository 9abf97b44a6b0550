using Modular.Sdk;

namespace Modular.Patients.Messages;

/// <summary>Asks for doctors and practices outside: by id, or as somebody types a name.</summary>
/// <param name="Ids">Those of rows kept elsewhere; null to search.</param>
/// <param name="Text">The beginning of words of the name, organization or specialty, or an NPI; null for all in use.</param>
[Message("patients.find-outside-providers.v1", OneHandler = true)]
public sealed record FindOutsideProviders(IReadOnlyList<Guid>? Ids = null, string? Text = null);

/// <param name="Providers">By name, at most 50; by id also those no longer in use.</param>
[Message("patients.outside-providers-found.v1")]
public sealed record OutsideProvidersFound(IReadOnlyList<OutsideProviderState> Providers);

/// <param name="Npi">Ten digits, or null.</param>
/// <param name="Active">Still in use for new referrals.</param>
public sealed record OutsideProviderState(
    Guid OutsideProviderId, int Version, string Name, string? Npi, string? Specialty, string? Organization, string? Phone, string? Fax, string? Email, bool Active);
