namespace Modular.Billing.ClaimFiles;

/// <summary>2400: one service.</summary>
public sealed record ClaimLine
{
    /// <summary>REF*6R: returns in the remittance.</summary>
    public required string ControlNumber { get; init; }

    /// <summary>SV101-2 [24D].</summary>
    public required string Procedure { get; init; }

    /// <summary>SV101-3 to 6.</summary>
    public IReadOnlyList<string> Modifiers { get; init; } = [];

    /// <summary>SV101-7: of a code that says nothing by itself.</summary>
    public string? Description { get; init; }

    /// <summary>SV102 [24F].</summary>
    public required decimal Charge { get; init; }

    /// <summary>SV104 [24G].</summary>
    public decimal Units { get; init; } = 1;

    /// <summary>SV103 MJ: <see cref="Units"/> are minutes of anesthesia.</summary>
    public bool InMinutes { get; init; }

    /// <summary>SV105; not written where it is the claim's.</summary>
    public string? PlaceOfService { get; init; }

    /// <summary>SV107, from 1 [24E].</summary>
    public required IReadOnlyList<int> Pointers { get; init; }

    /// <summary>SV109 [24C].</summary>
    public bool Emergency { get; init; }

    /// <summary>SV111 [24H].</summary>
    public bool Epsdt { get; init; }

    /// <summary>SV112 [24H].</summary>
    public bool FamilyPlanning { get; init; }

    /// <summary>SV115.</summary>
    public bool CopayExempt { get; init; }

    /// <summary>DTP*472 [24A].</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last day, where there are several.</summary>
    public DateOnly? To { get; init; }

    /// <summary>SV5, CR3, CRC*09, PWK*CT.</summary>
    public LineEquipment? Equipment { get; init; }

    /// <summary>2410.</summary>
    public LineDrug? Drug { get; init; }

    /// <summary>PWK.</summary>
    public IReadOnlyList<ClaimAttachment> Attachments { get; init; } = [];

    /// <summary>CRC*70: an employee of a hospice (Y, N).</summary>
    public bool? HospiceEmployee { get; init; }

    /// <summary>471.</summary>
    public DateOnly? Prescribed { get; init; }

    /// <summary>304.</summary>
    public DateOnly? LastSeen { get; init; }

    /// <summary>455.</summary>
    public DateOnly? LastXray { get; init; }

    /// <summary>454.</summary>
    public DateOnly? InitialTreatment { get; init; }

    /// <summary>011.</summary>
    public DateOnly? Shipped { get; init; }

    /// <summary>QTY*FL.</summary>
    public decimal? ObstetricUnits { get; init; }

    /// <summary>DTP*738, 739 and MEA: hemoglobin (R1), hematocrit (R2), serum creatinine (R4) …</summary>
    public LineTest? Test { get; init; }

    /// <summary>G1, where it is not the claim's.</summary>
    public string? Authorization { get; init; }

    /// <summary>9F, where it is not the claim's.</summary>
    public string? Referral { get; init; }

    /// <summary>EW, where it is not the claim's.</summary>
    public string? Mammography { get; init; }

    /// <summary>X4, where it is not the claim's.</summary>
    public string? Clia { get; init; }

    /// <summary>F4, of the laboratory that referred the test.</summary>
    public string? ReferringClia { get; init; }

    /// <summary>BT.</summary>
    public string? ImmunizationBatch { get; init; }

    /// <summary>AMT*T.</summary>
    public decimal? SalesTax { get; init; }

    /// <summary>AMT*F4.</summary>
    public decimal? Postage { get; init; }

    /// <summary>NTE*ADD, DCP [24 shaded].</summary>
    public ClaimNote? Note { get; init; }

    /// <summary>PS1 and 2420B [20].</summary>
    public LinePurchase? Purchase { get; init; }

    /// <summary>2420A; not written where it is the claim's.</summary>
    public ClaimProvider? Rendering { get; init; }

    /// <summary>2420C; not written where it is the claim's.</summary>
    public ClaimProvider? Facility { get; init; }

    /// <summary>2420D; not written where it is the claim's.</summary>
    public ClaimProvider? Supervising { get; init; }

    /// <summary>2420E [17 DK].</summary>
    public ClaimProvider? Ordering { get; init; }

    /// <summary>2420F; not written where it is the claim's.</summary>
    public ClaimProvider? Referring { get; init; }

    /// <summary>2430, one for each payer that decided before.</summary>
    public IReadOnlyList<LineAdjudication> Adjudications { get; init; } = [];
}

/// <summary>2410 LIN, CTP.</summary>
/// <param name="Ndc">Eleven digits.</param>
/// <param name="Unit">UN, ML, GR, ME, F2.</param>
/// <param name="Prescription">REF*XZ.</param>
public sealed record LineDrug(string Ndc, decimal Quantity, string Unit, string? Prescription = null);

/// <summary>Durable medical equipment: SV5 rents or sells, CR3 and CRC*09 certify.</summary>
/// <param name="Days">SV503.</param>
/// <param name="Rent">SV504.</param>
/// <param name="Price">SV505.</param>
/// <param name="Frequency">SV506: 1 weekly, 4 monthly, 6 daily.</param>
/// <param name="CertificateSent">PWK02 of PWK*CT: AB, AD, AF, AG, NS.</param>
/// <param name="Certification">CR301: I initial, R renewal, S revised.</param>
/// <param name="Months">CR303.</param>
/// <param name="Certified">DTP*607.</param>
/// <param name="TherapyBegan">DTP*463.</param>
/// <param name="LastCertified">DTP*461.</param>
public sealed record LineEquipment(decimal Days, decimal Rent, decimal Price, string Frequency, string? CertificateSent = null,
    string? Certification = null, int Months = 0, DateOnly? Certified = null, DateOnly? TherapyBegan = null, DateOnly? LastCertified = null);

/// <param name="Kind">MEA02: HT, R1 … R4.</param>
/// <param name="IsCreatinine">DTP*739 instead of 738.</param>
public sealed record LineTest(string Kind, decimal Value, DateOnly? On = null, bool IsCreatinine = false);

/// <summary>What another provider did, and what it cost: PS1, 2420B.</summary>
public sealed record LinePurchase(ClaimProvider From, decimal Amount);

/// <summary>CAS.</summary>
public sealed record ClaimAdjustment(string Group, string Reason, decimal Amount, decimal? Quantity = null);

/// <summary>2430: what a payer before this one said of the line. Paid and adjusted together are its charge.</summary>
/// <param name="PayerId">SVD01: the <see cref="ClaimPayer.Id"/> of an <see cref="OtherCoverage"/>.</param>
public sealed record LineAdjudication(string PayerId, decimal Paid, DateOnly On)
{
    /// <summary>SVD03; the line's own where it is null.</summary>
    public string? Procedure { get; init; }

    public IReadOnlyList<string>? Modifiers { get; init; }

    /// <summary>SVD05; the line's own where it is null.</summary>
    public decimal? Units { get; init; }

    /// <summary>SVD06: the line that this one was bundled into.</summary>
    public int? BundledInto { get; init; }

    public IReadOnlyList<ClaimAdjustment> Adjustments { get; init; } = [];

    /// <summary>AMT*EAF.</summary>
    public decimal? PatientLiability { get; init; }
}

/// <summary>2320, 2330: another coverage of the patient. Paid and adjusted, on the claim and its lines, are the claim's charge.</summary>
public sealed record OtherCoverage
{
    /// <summary>SBR01.</summary>
    public required string Rank { get; init; }

    /// <summary>SBR02.</summary>
    public required string Relationship { get; init; }

    public required string FilingCode { get; init; }

    public required string MemberId { get; init; }

    public required ClaimPayer Payer { get; init; }

    /// <summary>2330A [9].</summary>
    public required ClaimName Subscriber { get; init; }

    public ClaimAddress? SubscriberAddress { get; init; }

    /// <summary>SBR03 [9a].</summary>
    public string? GroupNumber { get; init; }

    /// <summary>SBR04 [9d]; not written beside a number.</summary>
    public string? GroupName { get; init; }

    /// <summary>SBR05.</summary>
    public string? MspType { get; init; }

    /// <summary>OI03.</summary>
    public string BenefitsAssigned { get; init; } = "Y";

    /// <summary>OI06.</summary>
    public string Release { get; init; } = "Y";

    /// <summary>AMT*D; null where it has not decided.</summary>
    public decimal? Paid { get; init; }

    /// <summary>AMT*A8, where it was not billed because it does not cover: the claim's charge.</summary>
    public decimal? NotCovered { get; init; }

    /// <summary>AMT*EAF.</summary>
    public decimal? PatientLiability { get; init; }

    /// <summary>2320 CAS: of the claim as a whole.</summary>
    public IReadOnlyList<ClaimAdjustment> Adjustments { get; init; } = [];

    /// <summary>MOA03 to 07.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>2330B DTP*573; not written where lines have their own.</summary>
    public DateOnly? PaidOn { get; init; }

    /// <summary>2330B REF*F8.</summary>
    public string? PayerClaim { get; init; }

    /// <summary>2330B REF*G1.</summary>
    public string? Authorization { get; init; }

    /// <summary>2330B REF*9F.</summary>
    public string? Referral { get; init; }
}
