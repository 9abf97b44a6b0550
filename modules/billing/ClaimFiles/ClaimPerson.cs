namespace Modular.Billing.ClaimFiles;

/// <summary>NM103 to NM107 of a person; of an organization <see cref="Last"/> alone.</summary>
public sealed record ClaimName(string Last, string? First = null, string? Middle = null, string? Suffix = null)
{
    /// <summary>"LAST, FIRST, MIDDLE", as the paper form wants it (NUCC instructions, item 2).</summary>
    public override string ToString() =>
        string.Join(", ", new[] { Suffix is null ? Last : $"{Last} {Suffix}", First, Middle }.Where(part => !string.IsNullOrEmpty(part)));
}

/// <summary>N3, N4. In the United States and Canada with state and ZIP; elsewhere with country (ISO 3166, two letters) and its subdivision.</summary>
public sealed record ClaimAddress(string Street, string City, string? State, string? Zip, string? Street2 = null, string? Country = null,
    string? Subdivision = null);

/// <summary>PER of a provider.</summary>
public sealed record ClaimContact(string? Name, string? Phone, string? Extension = null, string? Fax = null, string? Email = null);

/// <summary>REF of a provider or payer: the qualifier (0B, 1G, G2, LU; 2U, FY, NF) and the number.</summary>
public sealed record ClaimId(string Qualifier, string Value);

/// <summary>A patient, or a subscriber who is a person.</summary>
public sealed record ClaimPerson(ClaimName Name, DateOnly BirthDate, string Sex, ClaimAddress Address)
{
    /// <summary>PAT06.</summary>
    public DateOnly? Died { get; init; }

    /// <summary>PAT08, pounds.</summary>
    public decimal? Weight { get; init; }

    /// <summary>PAT09: the law lets it matter for payment.</summary>
    public bool Pregnant { get; init; }

    /// <summary>The form alone [5].</summary>
    public string? Phone { get; init; }
}

/// <summary>A payer: NM1*PR, N3, N4.</summary>
/// <param name="IdType">NM108: PI payer's number, XV national plan.</param>
public sealed record ClaimPayer(string Name, string Id, string IdType = "PI")
{
    public ClaimAddress? Address { get; init; }

    /// <summary>2010BB and 2330B REF: 2U, FY, NF.</summary>
    public IReadOnlyList<ClaimId> Ids { get; init; } = [];
}

/// <summary>The coverage that a claim goes to: SBR, 2010BA, 2010BB.</summary>
public sealed record ClaimCoverage
{
    /// <summary>SBR01: P, S, T, and A to H for a fourth and later.</summary>
    public required string Rank { get; init; }

    /// <summary>18 self (SBR02), otherwise PAT01: 01 spouse, 19 child … [6].</summary>
    public required string Relationship { get; init; }

    /// <summary>NM109 [1a].</summary>
    public required string MemberId { get; init; }

    public required ClaimPayer Payer { get; init; }

    /// <summary>SBR09: MB, CI, BL, WC, AM … [1].</summary>
    public required string FilingCode { get; init; }

    /// <summary>The subscriber; null where the patient is.</summary>
    public ClaimName? Subscriber { get; init; }

    /// <summary>NM102 2 for an employer in workers' compensation.</summary>
    public bool SubscriberIsOrganization { get; init; }

    /// <summary>The form alone [7, 11a].</summary>
    public ClaimPerson? SubscriberPerson { get; init; }

    /// <summary>SBR03 [11].</summary>
    public string? GroupNumber { get; init; }

    /// <summary>SBR04 [11c]; not written beside a number.</summary>
    public string? GroupName { get; init; }

    /// <summary>SBR05: why Medicare is not primary.</summary>
    public string? MspType { get; init; }

    /// <summary>REF*SY.</summary>
    public string? Ssn { get; init; }

    /// <summary>REF*Y4 [11b].</summary>
    public string? PropertyClaim { get; init; }

    /// <summary>2010BB REF*G2, LU: the billing provider's numbers at this payer.</summary>
    public IReadOnlyList<ClaimId> BillingIds { get; init; } = [];

    public bool IsSelf => Relationship == "18";
}

/// <summary>2000A, 2010AA, 2010AB.</summary>
public sealed record BillingProvider
{
    public required ClaimName Name { get; init; }

    public bool IsPerson { get; init; }

    public required string Npi { get; init; }

    /// <summary>REF*EI, or REF*SY where <see cref="TaxIdIsSsn"/> [25].</summary>
    public required string TaxId { get; init; }

    public bool TaxIdIsSsn { get; init; }

    /// <summary>A street, with a ZIP of nine digits.</summary>
    public required ClaimAddress Address { get; init; }

    /// <summary>PRV*BI.</summary>
    public string? Taxonomy { get; init; }

    /// <summary>2010AA PER; not written where it is the submitter's.</summary>
    public ClaimContact? Contact { get; init; }

    /// <summary>2010AB, where payments go elsewhere.</summary>
    public ClaimAddress? PayTo { get; init; }
}

/// <summary>2310, 2420: a provider of the claim or of a line.</summary>
public sealed record ClaimProvider(ClaimName Name, string? Npi)
{
    public bool IsPerson { get; init; } = true;

    /// <summary>PRV*PE, of a rendering provider.</summary>
    public string? Taxonomy { get; init; }

    /// <summary>REF: 0B state license, 1G UPIN, G2 the payer's own, LU.</summary>
    public IReadOnlyList<ClaimId> Ids { get; init; } = [];

    /// <summary>Of a facility, and of one who orders equipment.</summary>
    public ClaimAddress? Address { get; init; }

    public ClaimContact? Contact { get; init; }
}
