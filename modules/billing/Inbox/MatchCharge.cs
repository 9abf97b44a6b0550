using Modular.Sdk;

namespace Modular.Billing.Inbox;

/// <summary>A charge that came in a file is put where it belongs, one after the other, while work goes on.</summary>
[Message("billing.match-charge.v1", OneHandler = true)]
public sealed record MatchCharge(Guid ChargeId);

public static class MatchChargeHandler
{
    public static Task HandleAsync(MatchCharge message, ChargeInbox inbox, CancellationToken ct) => inbox.MatchAsync(message.ChargeId, null, ct);
}
