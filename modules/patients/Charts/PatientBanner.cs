using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Patients.Charts;

/// <summary>Who a page is about, on every page about a patient, whichever module's it is.</summary>
public sealed class PatientBanner(PatientsDb db, IMarks marks, TimeProvider clock, IPractice practice) : ISlotPanel
{
    public sealed record Model(Patient Patient, DateOnly Today, IReadOnlyList<Mark> Marks, IReadOnlyList<Alerts.Alert> Alerts);

    public async Task<PanelView?> LoadAsync(SlotContext context, CancellationToken ct)
    {
        if (await db.Patients.AsNoTracking().FirstOrDefaultAsync(p => p.Id == context.Id, ct) is not { } patient)
        {
            return null;
        }

        // The words of the alert stand here in full; its mark is for lists.
        var found = (await marks.OfAsync(PatientMarks.Slot, [patient.Id], ct)).GetValueOrDefault(patient.Id) ?? [];
        var today = WallTime.Today(clock, practice.Zone);
        var alerts = await db.Alerts.AsNoTracking()
            .Where(a => a.PatientId == patient.Id && a.FromDate <= today && (a.ToDate == null || a.ToDate >= today)).OrderBy(a => a.FromDate).ToListAsync(ct);
        return new("", "Charts/_Banner", new Model(patient, today, [.. found.Where(m => m.Text != "Alert")], alerts));
    }
}
