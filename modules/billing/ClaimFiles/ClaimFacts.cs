namespace Modular.Billing.ClaimFiles;

/// <summary>
/// All that a professional claim may carry, as the guide 005010X222A1 and the form CMS-1500 (02/12) know it. What is null is not carried.
/// Sections are those of the guide's section 2; a comment in brackets is the box of the form.
/// </summary>
public sealed record ClaimFacts
{
    /// <summary>CLM01, unique for ever, at most 20 characters [26].</summary>
    public required string Id { get; init; }

    /// <summary>2000A, 2010AA [33].</summary>
    public required BillingProvider Billing { get; init; }

    /// <summary>The coverage that is billed: 2000B, 2010BA, 2010BB [1, 1a, 4, 7, 11].</summary>
    public required ClaimCoverage Coverage { get; init; }

    /// <summary>Who was treated: 2010BA where the relationship is 18, otherwise 2000C, 2010CA [2, 3, 5].</summary>
    public required ClaimPerson Patient { get; init; }

    /// <summary>CLM05-1 [24B].</summary>
    public required string PlaceOfService { get; init; }

    /// <summary>2300 HI, without dots; the first is the main one [21].</summary>
    public required IReadOnlyList<string> Diagnoses { get; init; }

    /// <summary>2400 [24].</summary>
    public required IReadOnlyList<ClaimLine> Lines { get; init; }

    /// <summary>CLM05-3: 1 original, 7 replacement, 8 void [22].</summary>
    public string Frequency { get; init; } = "1";

    /// <summary>CLM06: the provider signed [31].</summary>
    public bool ProviderSigned { get; init; } = true;

    /// <summary>CLM07: A takes the payer's assignment, B for laboratory services alone, C not [27].</summary>
    public string Assignment { get; init; } = "A";

    /// <summary>CLM08: the payer pays the provider [13]: Y, N, or W where it does not apply.</summary>
    public string BenefitsAssigned { get; init; } = "Y";

    /// <summary>CLM09: the patient allowed release (Y), or law does (I) [12].</summary>
    public string Release { get; init; } = "Y";

    /// <summary>CLM10: a signature that was made in the patient's place.</summary>
    public bool SignedForPatient { get; init; }

    /// <summary>CLM11, DTP*439 [10, 14].</summary>
    public ClaimAccident? Accident { get; init; }

    /// <summary>CLM12.</summary>
    public string? SpecialProgram { get; init; }

    /// <summary>CLM20.</summary>
    public string? DelayReason { get; init; }

    /// <summary>2300 DTP.</summary>
    public ClaimDates Dates { get; init; } = new();

    /// <summary>2300 REF.</summary>
    public ClaimReferences References { get; init; } = new();

    /// <summary>2300 PWK.</summary>
    public IReadOnlyList<ClaimAttachment> Attachments { get; init; } = [];

    /// <summary>2300 CN1.</summary>
    public ClaimContract? Contract { get; init; }

    /// <summary>AMT*F5 [29].</summary>
    public decimal? PatientPaid { get; init; }

    /// <summary>K3: what the payer asks for and the guide has no place for.</summary>
    public IReadOnlyList<string> FileInformation { get; init; } = [];

    /// <summary>2300 NTE [19].</summary>
    public ClaimNote? Note { get; init; }

    /// <summary>CR208: A acute, C chronic …, of a spinal manipulation.</summary>
    public string? SpinalCondition { get; init; }

    /// <summary>CRC*75: the patient cannot leave the home.</summary>
    public bool Homebound { get; init; }

    /// <summary>
    /// CRC*ZZ: the referrals of an EPSDT screening (AV, S2, ST); empty where there were none, null where there was no screening [24H].
    /// </summary>
    public IReadOnlyList<string>? EpsdtReferrals { get; init; }

    /// <summary>CRC*E1, E2, E3: which lens or frame, and why (L1 …).</summary>
    public ClaimVision? Vision { get; init; }

    /// <summary>HI*BP, BO: the surgery for which anesthesia was given.</summary>
    public IReadOnlyList<string> AnesthesiaProcedures { get; init; } = [];

    /// <summary>HI*BG [10d].</summary>
    public IReadOnlyList<string> Conditions { get; init; } = [];

    /// <summary>2310A DN [17].</summary>
    public ClaimProvider? Referring { get; init; }

    /// <summary>2310A P3.</summary>
    public ClaimProvider? PrimaryCare { get; init; }

    /// <summary>2310B [24J]; not written where it is the billing provider.</summary>
    public ClaimProvider? Rendering { get; init; }

    /// <summary>2310C [32]; not written where it is the billing provider's address.</summary>
    public ClaimProvider? Facility { get; init; }

    /// <summary>2310D [17 DQ].</summary>
    public ClaimProvider? Supervising { get; init; }

    /// <summary>2320: other payers, before this one or after it [9, 11d].</summary>
    public IReadOnlyList<OtherCoverage> OtherCoverages { get; init; } = [];

    /// <summary>CLM02 [28].</summary>
    public decimal Charge => Lines.Sum(line => line.Charge);
}

/// <summary>2300 DTP; each is null where the guide does not ask for it.</summary>
public sealed record ClaimDates
{
    /// <summary>431 [14].</summary>
    public DateOnly? Onset { get; init; }

    /// <summary>454 [15].</summary>
    public DateOnly? InitialTreatment { get; init; }

    /// <summary>304: by the doctor who refers for routine foot care or therapy.</summary>
    public DateOnly? LastSeen { get; init; }

    /// <summary>453: with a chronic condition that a spinal manipulation treats.</summary>
    public DateOnly? AcuteManifestation { get; init; }

    /// <summary>484 [14].</summary>
    public DateOnly? LastMenstrualPeriod { get; init; }

    /// <summary>455.</summary>
    public DateOnly? LastXray { get; init; }

    /// <summary>471: of hearing aids or glasses.</summary>
    public DateOnly? Prescription { get; init; }

    /// <summary>314, 360, 361 [16].</summary>
    public DateOnly? DisabledFrom { get; init; }

    /// <inheritdoc cref="DisabledFrom"/>
    public DateOnly? DisabledTo { get; init; }

    /// <summary>297.</summary>
    public DateOnly? LastWorked { get; init; }

    /// <summary>296.</summary>
    public DateOnly? ReturnToWork { get; init; }

    /// <summary>435 [18].</summary>
    public DateOnly? Admission { get; init; }

    /// <summary>096 [18].</summary>
    public DateOnly? Discharge { get; init; }

    /// <summary>090: care after surgery that was taken over.</summary>
    public DateOnly? CareAssumed { get; init; }

    /// <summary>091.</summary>
    public DateOnly? CareRelinquished { get; init; }

    /// <summary>444: property and casualty.</summary>
    public DateOnly? FirstContact { get; init; }
}

/// <summary>2300 REF.</summary>
public sealed record ClaimReferences
{
    /// <summary>4N: 1 to 7, why there is no authorization.</summary>
    public string? AuthorizationException { get; init; }

    /// <summary>EW.</summary>
    public string? Mammography { get; init; }

    /// <summary>9F.</summary>
    public string? Referral { get; init; }

    /// <summary>G1 [23].</summary>
    public string? Authorization { get; init; }

    /// <summary>F8: the payer's number of the claim that is replaced or voided [22].</summary>
    public string? PayerClaim { get; init; }

    /// <summary>X4 [23].</summary>
    public string? Clia { get; init; }

    /// <summary>LX.</summary>
    public string? InvestigationalDevice { get; init; }

    /// <summary>D9.</summary>
    public string? Clearinghouse { get; init; }

    /// <summary>EA.</summary>
    public string? MedicalRecord { get; init; }

    /// <summary>P4.</summary>
    public string? Demonstration { get; init; }

    /// <summary>1J.</summary>
    public string? CarePlanOversight { get; init; }
}

/// <summary>CLM11 [10].</summary>
/// <param name="Date">DTP*439 [14]; asked for with a car or another accident.</param>
/// <param name="State">CLM11-4, of a car accident [10b].</param>
/// <param name="Country">CLM11-5, outside of the United States.</param>
public sealed record ClaimAccident(bool Car = false, bool Employment = false, bool Other = false, DateOnly? Date = null, string? State = null,
    string? Country = null);

/// <summary>PWK.</summary>
/// <param name="Type">PWK01: OZ support data, B3 order …</param>
/// <param name="Sent">PWK02: AA on request, EL in the file, EM e-mail, FX fax, BM mail, FT.</param>
/// <param name="ControlNumber">PWK06, of what is sent.</param>
public sealed record ClaimAttachment(string Type, string Sent, string? ControlNumber = null);

/// <summary>NTE.</summary>
/// <param name="Code">ADD, CER, DCP, DGN, TPO; on a line ADD, DCP.</param>
public sealed record ClaimNote(string Code, string Text);

/// <summary>CN1.</summary>
public sealed record ClaimContract(string Type, decimal? Amount = null, decimal? Percent = null, string? Code = null);

/// <summary>CRC of vision.</summary>
/// <param name="Kind">E1 glasses, E2 contact lenses, E3 frames.</param>
/// <param name="Reasons">L1 … L5.</param>
public sealed record ClaimVision(string Kind, IReadOnlyList<string> Reasons);
