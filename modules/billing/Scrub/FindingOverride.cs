using System.Security.Cryptography;
using System.Text;
using Modular.Billing.Encounters;

namespace Modular.Billing.Scrub;

/// <summary>Somebody lets a finding pass, for a reason. It holds for what was charged then: when the line changes, the finding is back.</summary>
public sealed class FindingOverride
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid EncounterId { get; init; }
    public required string Rule { get; init; }

    /// <summary>Of the line, or of all lines where the finding is about the whole.</summary>
    public required string Charged { get; init; }
    public required string Reason { get; init; }
    public DateTimeOffset At { get; init; }
    public required string By { get; init; }

    /// <summary>What was charged, in few characters: the same as long as nothing of it changes.</summary>
    public static string Print(ScrubClaim claim, Finding finding)
    {
        var lines = claim.Lines.Where(l => finding.LineId is null || l.Id == finding.LineId).Select(l => Said(claim, l));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines))))[..16];
    }

    private static string Said(ScrubClaim claim, ChargeLine l) => FormattableString.Invariant(
        $"{l.Id}|{l.Code}|{string.Join(',', l.Modifiers)}|{l.Units}|{l.ServiceOn:yyyyMMdd}|{l.Ndc}|{string.Join(',', l.Pointers.Select(p => claim.Diagnoses.ElementAtOrDefault(p - 1)))}|{claim.Encounter.PlaceOfService}");

    internal static IReadOnlyList<Finding> Mark(ScrubClaim claim, IReadOnlyList<Finding> findings, IEnumerable<FindingOverride> overrides)
    {
        var given = overrides.ToList();
        return given.Count == 0 ? findings
            : [.. findings.Select(f => given.Find(o => o.Rule == f.Rule && o.Charged == Print(claim, f)) is { } o ? f with { Overridden = o.Reason } : f)];
    }
}
