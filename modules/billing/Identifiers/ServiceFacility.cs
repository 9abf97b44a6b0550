using System.Text.RegularExpressions;
using Modular.Sdk;

namespace Modular.Billing.Identifiers;

/// <summary>What claims need of a place beside the name and address that core keeps (837P 2310C).</summary>
public sealed partial class ServiceFacility : IVersioned
{
    /// <summary>The location's.</summary>
    public Guid Id { get; init; }
    public int Version { get; set; }
    public string? Npi { get; set; }

    /// <summary>CLIA number of its laboratory: 22D1234567 (42 CFR 493.35).</summary>
    public string? Clia { get; set; }

    /// <summary>Place of service code of visits there: 11 is an office.</summary>
    public string PlaceOfService { get; set; } = "11";

    public static IReadOnlyList<HistoryField> History { get; } = [new("npi", "NPI"), new("clia", "CLIA number"),
        new("place_of_service", "Place of service")];

    [GeneratedRegex("^[0-9]{2}D[0-9]{7}$")]
    public static partial Regex CliaForm { get; }
}
