using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Patients.Charts;

/// <summary>Who a page is about, on every page about a patient, whichever module's it is.</summary>
public sealed class PatientBanner(PatientsDb db, IMarks marks, TimeProvider clock, IPractice practice) : ISlotPanel
{
    public sealed record Model(Patient Patient, DateOnly Today, IReadOnlyList<Mark> Marks);

    public async Task<PanelView?> LoadAsync(SlotContext context, CancellationToken ct)
    {
        if (await db.Patients.AsNoTracking().FirstOrDefaultAsync(p => p.Id == context.Id, ct) is not { } patient)
        {
            return null;
        }

        // The words of the alert stand here in full; its mark is for lists.
        var found = (await marks.OfAsync(PatientMarks.Slot, [patient.Id], ct)).GetValueOrDefault(patient.Id) ?? [];
        return new("", "Charts/_Banner", new Model(patient, WallTime.Today(clock, practice.Zone), [.. found.Where(m => m.Text != "Alert")]));
    }
}
