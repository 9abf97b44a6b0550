using Modular.Sdk;

namespace Modular.Billing.Eligibility;

/// <summary>What a payer said of a coverage on a day, with every benefit of its 271.</summary>
public sealed class EligibilityAnswer : IOfPatient
{
    public const string Active = "active", Inactive = "inactive", Unknown = "unknown";

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid QuestionId { get; init; }
    public Guid FileId { get; init; }
    public Guid CoverageId { get; init; }
    public Guid PatientId { get; init; }
    Guid? IOfPatient.PatientId => PatientId;
    public DateOnly Day { get; init; }
    public DateTimeOffset AnsweredAt { get; init; }

    /// <summary>active, inactive, or unknown: the payer could not or would not say.</summary>
    public required string State { get; init; }
    public string? Plan { get; init; }
    public DateOnly? PlanFrom { get; init; }
    public DateOnly? PlanTo { get; init; }

    /// <summary>US dollars of an office visit, in network.</summary>
    public decimal? Copay { get; init; }

    /// <summary>0.2 is 20 %.</summary>
    public decimal? Coinsurance { get; init; }

    /// <summary>Of the year; what of it is left is <see cref="DeductibleLeft"/>, and neither is shown as the other.</summary>
    public decimal? Deductible { get; init; }
    public decimal? DeductibleLeft { get; init; }

    /// <summary>The most that the patient pays in a year.</summary>
    public decimal? Pocket { get; init; }
    public decimal? PocketLeft { get; init; }
    public bool? InNetwork { get; init; }
    public List<string> OtherPayers { get; init; } = [];

    /// <summary>AAA03.</summary>
    public List<string> Refusals { get; init; } = [];
    public List<Benefit> Benefits { get; init; } = [];

    /// <summary>The segments as they came.</summary>
    public required string Raw { get; init; }

    public string Title => State switch { Active => "Active", Inactive => "Not active", _ => "Not known" };

    public string Tone => State switch { Active => "ok", Inactive => "bad", _ => "warn" };
}

/// <summary>One EB of a 271 with what stands under it.</summary>
/// <param name="Info">EB01.</param>
/// <param name="Types">EB03, which repeats.</param>
/// <param name="Period">EB06: 23 a calendar year, 29 what is left.</param>
/// <param name="Percent">EB08: 0.2 is 20 %.</param>
/// <param name="Network">EB12: Y, N, W for both.</param>
public sealed record Benefit(
    string Info, string Level, IReadOnlyList<string> Types, string Plan, string Period, decimal? Amount, decimal? Percent, decimal? Quantity,
    string Authorization, string Network, IReadOnlyList<string> Messages, IReadOnlyList<string> Entities);
