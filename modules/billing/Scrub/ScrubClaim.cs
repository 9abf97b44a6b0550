using Modular.Billing.Encounters;
using Modular.Billing.Payers;
using Modular.Billing.Reactions;

namespace Modular.Billing.Scrub;

/// <summary>All that the rules look at of one encounter and the payer that is billed first. Nothing is loaded while they look.</summary>
public sealed record ScrubClaim
{
    public required Encounter Encounter { get; init; }

    /// <summary>By position.</summary>
    public required IReadOnlyList<ChargeLine> Lines { get; init; }

    /// <summary>Without dots, the main one first.</summary>
    public required IReadOnlyList<string> Diagnoses { get; init; }
    public required DateOnly BirthDate { get; init; }

    /// <summary>F, M, X or U.</summary>
    public required string Sex { get; init; }
    public DateOnly? DeceasedOn { get; init; }
    public string? PatientZip { get; init; }

    /// <summary>The first one that runs on the first day of service; null: the patient pays.</summary>
    public KnownCoverage? Coverage { get; init; }

    /// <summary>The patient has coverage of the line or case that would pay, on whatever days.</summary>
    public bool HasCoverage { get; init; }

    /// <summary>837P SBR09 of the coverage, else of its payer: MB Medicare Part B, MC Medicaid.</summary>
    public string? FilingCode { get; init; }

    /// <summary>What the payer demands on the first day of service.</summary>
    public PayerRule? Rule { get; init; }
    public string? RenderingNpi { get; init; }
    public string? SupervisingNpi { get; init; }
    public string? OrderingNpi { get; init; }

    /// <summary>ZIP code under which the entity bills: nine digits are demanded (837P 2010AA N403).</summary>
    public string? BillingZip { get; init; }

    /// <summary>Nobody has said what the entity's places are yet.</summary>
    public bool HasBillingAddress { get; init; }

    /// <summary>CLIA number of the place.</summary>
    public string? Clia { get; init; }

    /// <summary>Number of a prior authorization on file for these services; null: none is.</summary>
    public string? Authorization { get; init; }

    /// <summary>Number of a referral on file for these services; null: none is.</summary>
    public string? Referral { get; init; }

    /// <summary>What the same group did for the patient on other encounters, from 90 days before to 90 days after.</summary>
    public IReadOnlyList<OtherService> Others { get; init; } = [];

    public DateOnly Today { get; init; }

    public bool IsMedicare => FilingCode == "MB";

    public bool IsMedicaid => FilingCode == "MC";

    /// <summary>The field of a line on the superbill.</summary>
    public static string Field(ChargeLine line, string name) => $"Lines[{line.Position - 1}].{name}";

    /// <summary>As a sentence begins: "Line 2, 11721:".</summary>
    public static string Of(ChargeLine line) => $"Line {line.Position}, {line.Code}:";

    /// <summary>Where coverage and address are mended.</summary>
    public string Chart => $"/patients/charts/{Encounter.PatientId}";

    public int AgeOn(DateOnly day)
    {
        var years = day.Year - BirthDate.Year;
        return BirthDate.AddYears(years) > day ? years - 1 : years;
    }
}

/// <summary>A line of another encounter of the same patient and group.</summary>
public sealed record OtherService(DateOnly On, string Code, string[] Modifiers, Guid? RenderingId, string? Rendering);
