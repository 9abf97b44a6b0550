using Microsoft.EntityFrameworkCore;
using Modular.Scheduling.Reactions;

namespace Modular.Scheduling.Cases;

/// <summary>What a form offers: the patient's open cases.</summary>
/// <param name="Case">The one that is marked.</param>
public sealed record CasePick(IReadOnlyList<KnownCase> Cases, Guid? Case);

/// <summary>Which cases a visit may be for, and which one is proposed.</summary>
public sealed class VisitCases(SchedulingDb db)
{
    /// <summary>Latest accident first.</summary>
    public async Task<IReadOnlyList<KnownCase>> OpenAsync(Guid patient, DateOnly day, CancellationToken ct) =>
        await db.Cases.AsNoTracking().Where(c => c.PatientId == patient && c.AccidentOn <= day && (c.ClosedOn == null || c.ClosedOn >= day))
            .OrderByDescending(c => c.AccidentOn).ThenBy(c => c.Title).ToListAsync(ct);

    /// <summary>For a booking: no case, unless the type is one of such cases or the patient's last visit of this type was for one.</summary>
    public async Task<CasePick> ProposeAsync(Guid? patient, Guid? type, DateOnly day, CancellationToken ct)
    {
        if (patient is not { } id || await OpenAsync(id, day, ct) is not { Count: > 0 } open)
        {
            return new([], null);
        }

        var kind = await db.AppointmentTypes.Where(t => t.Id == type).Select(t => t.CaseKind).FirstOrDefaultAsync(ct);
        var proposed = kind is not null
            ? open.FirstOrDefault(c => c.Kind == kind)?.Id
            : await db.Visits.AsNoTracking().Where(v => v.PatientId == id && v.TypeId == type && v.Status != Appointments.VisitStatus.Canceled)
                .OrderByDescending(v => v.StartsAt).Select(v => v.CaseId).FirstOrDefaultAsync(ct);
        return new(open, open.FirstOrDefault(c => c.Id == proposed)?.Id);
    }

    /// <summary>For a form that comes back or changes a visit: what was chosen stays marked, also when it is no longer open.</summary>
    public async Task<CasePick> KeepAsync(Guid? patient, DateOnly day, Guid? chosen, CancellationToken ct)
    {
        var open = patient is { } id ? await OpenAsync(id, day, ct) : [];
        return chosen is null || open.Any(c => c.Id == chosen) || await FindAsync(chosen, ct) is not { } other || other.PatientId != patient
            ? new(open, chosen)
            : new([.. open, other], chosen);
    }

    public async Task<KnownCase?> FindAsync(Guid? id, CancellationToken ct) => id is null ? null : await db.Cases.AsNoTracking().FirstOrDefaultAsync(c => c.Id == id, ct);

    /// <summary>Why a visit of this patient on this day cannot be for the case.</summary>
    public async Task<string?> RefusalAsync(Guid? id, Guid patient, DateOnly day, CancellationToken ct) =>
        id is null ? null
        : await FindAsync(id, ct) is { } known && known.PatientId == patient ? known.Refusal(day)
        : "Choose a case of this patient from the list.";
}
