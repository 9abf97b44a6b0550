using Modular.Sdk;

namespace Modular.Billing.Identifiers;

/// <summary>What claims need of a provider beside the name and NPI that core keeps.</summary>
public sealed class BillingProvider : IVersioned
{
    /// <summary>The staff member's.</summary>
    public Guid Id { get; init; }
    public int Version { get; set; }

    /// <summary>Provider taxonomy: ten characters (837P 2310B PRV).</summary>
    public string? Taxonomy { get; set; }
}

/// <summary>A number of a provider beside the NPI (837P 2310 REF).</summary>
public sealed class ProviderNumber : IVersioned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public Guid ProviderId { get; init; }

    /// <summary>The payer that gave it; null: for all.</summary>
    public Guid? PayerId { get; set; }

    /// <summary>One of <see cref="Qualifiers"/>.</summary>
    public required string Qualifier { get; set; }
    public required string Number { get; set; }

    public static IReadOnlyDictionary<string, string> Qualifiers { get; } = new Dictionary<string, string>
    {
        ["G2"] = "Number given by the payer", ["0B"] = "State license", ["1G"] = "UPIN", ["LU"] = "Location number",
    };
}
