using Modular.Sdk;

namespace Modular.Billing.Panels;

/// <summary>Beside the chart: the ways to a patient's eligibility and authorizations. It asks the database nothing, so the chart stays as fast as it was.</summary>
public sealed class CoverageLinks(Actor actor) : ISlotPanel
{
    public sealed record Model(Guid Patient, bool MayWrite);

    public Task<PanelView?> LoadAsync(SlotContext context, CancellationToken ct) => Task.FromResult<PanelView?>(
        new("Eligibility and authorizations", "Panels/_CoverageLinks", new Model(context.Id, actor.Can(BillingPermissions.Authorize))));
}
