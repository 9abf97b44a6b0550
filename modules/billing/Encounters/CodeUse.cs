using Modular.Sdk;

namespace Modular.Billing.Encounters;

/// <summary>How often a provider has charged or diagnosed with a code: their most used comes first as they type.</summary>
[NotLogged]
public sealed class CodeUse
{
    public Guid ProviderId { get; init; }
    public required string System { get; init; }
    public required string Code { get; init; }
    public int Uses { get; init; }
    public DateOnly LastOn { get; init; }
}
