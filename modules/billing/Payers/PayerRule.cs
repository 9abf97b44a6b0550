using Modular.Sdk;

namespace Modular.Billing.Payers;

/// <summary>What a payer demands of claims, in a time. It is of one payer, of all that are filed alike, or of all; the most special one
/// holds.</summary>
public sealed class PayerRule : IVersioned
{
    public const string Days = "days", Years = "years";

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }

    /// <summary>Of one payer. With neither this nor <see cref="FilingCode"/>: of all that have no rule of their own.</summary>
    public Guid? PayerId { get; set; }

    /// <summary>Of all payers that claims are filed to as this (837P SBR09).</summary>
    public string? FilingCode { get; set; }
    public DateOnly ValidFrom { get; set; }

    /// <summary>The last day.</summary>
    public DateOnly? ValidTo { get; set; }

    /// <summary>days or years, from the first date of service.</summary>
    public string FilingUnit { get; set; } = Days;
    public int FilingCount { get; set; } = 90;

    /// <summary>A last day on a weekend or federal holiday becomes the next workday.</summary>
    public bool Workday { get; set; } = true;

    /// <summary>Days for a corrected claim, from the remittance; null: as for the first one.</summary>
    public int? CorrectedDays { get; set; }

    /// <summary>A line each, as <see cref="AppealLevel"/> reads it.</summary>
    public string Appeals { get; set; } = "";

    /// <summary>Takes a claim that replaces one (frequency 7). Medicare Part B does not: it reopens or hears an appeal.</summary>
    public bool Replacement { get; set; } = true;

    /// <summary>Takes a claim that voids one (frequency 8).</summary>
    public bool Void { get; set; } = true;

    /// <summary>One of <see cref="AttachmentWays"/>.</summary>
    public string Attachments { get; set; } = "none";
    public bool Referral { get; set; }
    public bool PriorAuthorization { get; set; }
    public bool Taxonomy { get; set; }

    /// <summary>Where paper claims go, when that is not the payer's own address.</summary>
    public string? OfficeName { get; set; }
    public string? OfficeAddress { get; set; }
    public string? OfficeCity { get; set; }
    public string? OfficeState { get; set; }
    public string? OfficeZip { get; set; }

    /// <summary>The law, manual or contract that says so.</summary>
    public required string Source { get; set; }

    public static IReadOnlyDictionary<string, string> AttachmentWays { get; } = new Dictionary<string, string>
    {
        ["none"] = "Not asked for", ["paper"] = "By mail or fax", ["portal"] = "At the payer's website", ["electronic"] = "With the claim (275)",
    };

    public static IReadOnlyList<HistoryField> History { get; } =
    [
        new("valid_from", "Valid from"), new("valid_to", "Last day"), new("filing_unit", "Filing limit in"), new("filing_count", "Filing limit"),
            new("workday", "Moved to a workday"),
        new("corrected_days", "Days for a corrected claim"), new("appeals", "Appeals"), new("replacement", "Takes replacements"),
            new("void", "Takes voids"),
        new("attachments", "Attachments"), new("referral", "Referral"), new("prior_authorization", "Authorization"), new("taxonomy", "Taxonomy"),
            new("source", "Source"),
    ];

    public string Limit => FilingUnit == Years ? FilingCount == 1 ? "1 calendar year" : $"{FilingCount} calendar years" : $"{FilingCount} days";

    /// <summary>A method, because a property of these would be a relation to the database.</summary>
    public IReadOnlyList<AppealLevel> AppealLevels() => AppealLevel.Read(Appeals).Levels;

    public bool On(DateOnly day) => ValidFrom <= day && (ValidTo is null || ValidTo >= day);
}
