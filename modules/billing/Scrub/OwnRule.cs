using Modular.Billing.Encounters;
using Modular.Sdk;

namespace Modular.Billing.Scrub;

/// <summary>A rule of the practice: when all that it names holds of a line, its sentence is said.</summary>
public sealed class OwnRule : IVersioned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }

    /// <summary>For the list of rules.</summary>
    public required string Name { get; set; }
    public Severity Severity { get; set; }

    /// <summary>What to do, said after the line's code.</summary>
    public required string Sentence { get; set; }
    public DateOnly ValidFrom { get; set; }

    /// <summary>The last day.</summary>
    public DateOnly? ValidTo { get; set; }

    /// <summary>Kept, and not looked at.</summary>
    public bool Off { get; set; }
    public Guid? PayerId { get; set; }

    /// <summary>Of all payers that claims are filed to as this (837P SBR09).</summary>
    public string? FilingCode { get; set; }

    /// <summary>Codes, or what they begin with followed by *; empty: every service.</summary>
    public string[] Codes { get; set; } = [];

    /// <summary>Diagnoses of the line, likewise; empty: whatever they are.</summary>
    public string[] Diagnoses { get; set; } = [];

    /// <summary>True: the line has none of <see cref="Diagnoses"/>.</summary>
    public bool DiagnosesMissing { get; set; }
    public string? Modifier { get; set; }

    /// <summary>True: the line does not have <see cref="Modifier"/>.</summary>
    public bool ModifierMissing { get; set; }

    /// <summary>Two digits of CMS; null: anywhere.</summary>
    public string? PlaceOfService { get; set; }
    public int? AgeFrom { get; set; }
    public int? AgeTo { get; set; }

    /// <summary>F or M; null: both.</summary>
    public string? Sex { get; set; }
    public Guid? ProviderId { get; set; }

    public static IReadOnlyDictionary<string, string> Effects { get; } = new Dictionary<string, string>
    {
        [nameof(Severity.Error)] = "Error: the claim waits", [nameof(Severity.Warning)] = "Warning: somebody should look",
        [nameof(Severity.Notice)] = "ABN: the patient signs a notice first (Medicare)",
    };

    public static IReadOnlyList<HistoryField> History { get; } =
    [
        new("name", "Name"), new("severity", "What it does"), new("sentence", "Sentence"), new("valid_from", "Valid from"), new("valid_to", "Last day"), new("off", "Switched off"),
        new("codes", "Services"), new("diagnoses", "Diagnoses"), new("diagnoses_missing", "None of the diagnoses"), new("modifier", "Modifier"), new("modifier_missing", "Without the modifier"),
        new("place_of_service", "Place"), new("age_from", "Age from"), new("age_to", "Age to"), new("sex", "Sex"),
    ];

    /// <summary>When it is said, as a person reads it.</summary>
    public string When => string.Join(", ", new[]
    {
        Codes.Length > 0 ? string.Join(" ", Codes) : "every service",
        Modifier is null ? null : ModifierMissing ? $"without {Modifier}" : $"with {Modifier}",
        Diagnoses.Length == 0 ? null : $"{(DiagnosesMissing ? "none" : "one")} of {string.Join(" ", Diagnoses)}",
        PlaceOfService is null ? null : $"place {PlaceOfService}",
        (AgeFrom, AgeTo) switch { (null, null) => null, ({ } from, null) => $"from {from} years", (null, { } to) => $"up to {to} years", var (from, to) => $"{from} to {to} years" },
        Sex switch { "F" => "women", "M" => "men", _ => null },
    }.OfType<string>());

    internal static IEnumerable<Finding> Find(ScrubClaim c, ScrubTables tables) =>
        from rule in tables.OwnRules
        where rule.IsOf(c)
        from line in c.Lines
        where rule.Holds(c, line)
        select new Finding($"own-{rule.Id}", rule.Severity, $"{ScrubClaim.Of(line)} {rule.Sentence}", ScrubClaim.Field(line, rule.Modifier is null ? "Code" : "Modifiers"), line.Id);

    private bool IsOf(ScrubClaim c)
    {
        var age = c.AgeOn(c.Encounter.ServiceFrom);
        return !Off && c.Coverage is { } coverage && (PayerId is null || PayerId == coverage.PayerId) && (FilingCode is null || FilingCode == c.FilingCode)
            && (Severity != Severity.Notice || c.IsMedicare) && (PlaceOfService is null || PlaceOfService == c.Encounter.PlaceOfService)
            && (AgeFrom is null || age >= AgeFrom) && (AgeTo is null || age <= AgeTo) && (Sex is null || Sex == c.Sex)
            && (ProviderId is null || ProviderId == c.Encounter.RenderingId);
    }

    private bool Holds(ScrubClaim c, ChargeLine line) =>
        ValidFrom <= line.ServiceOn && (ValidTo is null || ValidTo >= line.ServiceOn)
        && (Codes.Length == 0 || Codes.Any(code => Fits(code, line.Code)))
        && (Modifier is null || line.Modifiers.Contains(Modifier) != ModifierMissing)
        && (Diagnoses.Length == 0 || line.Pointers.Where(p => p <= c.Diagnoses.Count).Any(p => Diagnoses.Any(d => Fits(d, c.Diagnoses[p - 1]))) != DiagnosesMissing)
        && (Severity != Severity.Notice || !PlaceRules.HasNotice(line));

    private static bool Fits(string pattern, string code) =>
        pattern.EndsWith('*') ? code.StartsWith(pattern[..^1], StringComparison.Ordinal) : code == pattern;
}
