using Modular.Sdk;

namespace Modular.Host.Audit;

/// <summary>On the chart, for those who may read the log: who saw and changed this patient last.</summary>
public sealed class PatientHistoryPanel(AuditLog log) : ISlotPanel
{
    private const int Shown = 8;

    public async Task<PanelView?> LoadAsync(SlotContext context, CancellationToken ct)
    {
        var page = await log.PageAsync(new() { Patient = context.Id }, new(), ct);
        return page.Rows.Count == 0 ? null
            : new("Who saw and changed this", "Audit/_History", page.Rows.Take(Shown).ToList(), $"/admin/audit?patient={context.Id}");
    }
}
