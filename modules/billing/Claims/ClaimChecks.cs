using Modular.Billing.Enrollments;
using Modular.Billing.Scrub;
using Modular.Sdk;

namespace Modular.Billing.Claims;

/// <summary>Judges claims before they go: what is wrong with them, and whether the payer takes them from us.</summary>
public sealed class ClaimChecks(ClaimFactsBuilder facts, EnrollmentRules enrollments, Scrubber scrubber)
{
    /// <summary>Of claims that are tracked; saving is the caller's.</summary>
    public async Task CheckAsync(IReadOnlyCollection<Claim> claims, DateTimeOffset now, string by, CancellationToken ct)
    {
        var built = await facts.BuildAsync(claims, ct);
        var found = await scrubber.JudgeAsync([.. claims.Select(c => c.EncounterId).Distinct()], ct);
        var held = new Dictionary<(Guid, Guid, Guid), string?>();
        foreach (var claim in claims)
        {
            var key = (claim.PayerId, claim.EntityId, claim.RenderingId);
            if (!held.TryGetValue(key, out var reason))
            {
                held[key] = reason = await enrollments.HeldReasonAsync(claim.PayerId, claim.EntityId, claim.RenderingId, "837P",
                    DateOnly.FromDateTime(WallTime.At(now, claim.Zone).DateTime), ct);
            }

            var stopping = found.GetValueOrDefault(claim.EncounterId, []).Where(f => f.Stops).Select(f => f.Sentence);
            claim.Checked([.. built[claim.Id].Faults.Concat(stopping).Distinct()], reason, now, by);
        }
    }
}
