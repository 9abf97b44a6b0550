using Modular.Sdk;

namespace Modular.Billing.Inbox;

/// <summary>What could not be taken, as work that billers share.</summary>
public static class OutsideWork
{
    public static readonly WorkQueue<OutsideCharge> Queue = new("billing.outside-charge", "charge from outside", "/billing/inbox",
        BillingPermissions.Charge)
    {
        Open = c => c.State == OutsideState.Waiting,
        Due = c => c.ReceivedAt,
        Title = c => $"Match the charge of {c.Patient}, {Said.ShortDay(c.ServiceOn)}",
        Link = c => c.Url,
        Why = (c, _) => c.Reason ?? "It is being looked at.",
    };
}
