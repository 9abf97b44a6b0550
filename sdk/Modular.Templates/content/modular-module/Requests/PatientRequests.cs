using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Newmodule.Requests;

/// <summary>What is asked for a patient, beside the chart.</summary>
public sealed class PatientRequests(NewmoduleDb db, Actor actor) : ISlotPanel
{
    public sealed record Model(Guid Patient, IReadOnlyList<Request> Latest, bool MayAdd);

    public async Task<PanelView?> LoadAsync(SlotContext context, CancellationToken ct)
    {
        var latest = await db.Requests.AsNoTracking().Where(r => r.PatientId == context.Id).OrderByDescending(r => r.AskedOn).Take(5).ToListAsync(ct);
        return new("Newmodule", "Requests/_PatientRequests", new Model(context.Id, latest, actor.Can(NewmoduleModule.Edit)), "/newmodule");
    }
}
