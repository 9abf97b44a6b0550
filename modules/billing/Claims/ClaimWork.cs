using Modular.Sdk;

namespace Modular.Billing.Claims;

/// <summary>Claims as work that billers share, and as the one search finds them.</summary>
public static class ClaimWork
{
    public static readonly WorkQueue<Claim> Queue = new("billing.claim", "claim", "/billing/claims", BillingPermissions.Claims)
    {
        Open = c => c.State == ClaimState.ToCheck || c.State == ClaimState.ToCorrect || c.State == ClaimState.Held || c.State == ClaimState.Rejected,
        DueOn = c => c.DueOn,
        Title = c => $"Claim {c.Number} of {c.PatientName}: {c.State.Title().ToLowerInvariant()}",
        Link = c => c.Url,
        Why = (c, _) => $"{Said.Money(c.Total)} to {c.Payer}. "
            + (c.Faults.Length > 0 ? c.Faults[0] : c.HeldReason ?? (c.State == ClaimState.Rejected ? "It was rejected." : "Nobody has checked it.")),
    };

    public static SearchEntry? Found(Claim c) => c.State == ClaimState.Void ? null : new(
        $"{c.Number}, {c.PatientName}", $"Claim · {c.Payer} · {Said.ShortDay(c.ServiceFrom)} · {c.State.Title().ToLowerInvariant()}", c.Url,
        BillingPermissions.Read, Keywords: $"claim {c.Number} {c.PayerClaimNumber}", LocationId: c.LocationId, PatientId: c.PatientId);

    /// <summary>Color of the state.</summary>
    public static string Tone(ClaimState state) => state switch
    {
        ClaimState.Accepted or ClaimState.Decided => "ok",
        ClaimState.ToCorrect or ClaimState.Rejected => "bad",
        ClaimState.ToCheck or ClaimState.Held or ClaimState.ToSend => "warn",
        ClaimState.Sent or ClaimState.Received => "info",
        _ => "",
    };
}
