using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Patients.Charts;

/// <param name="Patient">Null when there is none, or it stays shut.</param>
/// <param name="Restricted">It stays shut until whoever asks says why.</param>
/// <param name="MergedInto">The record in which the patient is now.</param>
public sealed record Opened(Patient? Patient, bool Restricted = false, Guid? MergedInto = null);

/// <summary>The only way to load one patient for a page or a program, so that none is shown without the access log and the break-glass.</summary>
public sealed class PatientDoor(PatientsDb db, IAccessLog log, Actor actor, TimeProvider clock)
{
    /// <param name="what">What is shown, in the office's words: "chart".</param>
    public async Task<Opened> OpenAsync(Guid id, string what, CancellationToken ct)
    {
        if (await db.Patients.FirstOrDefaultAsync(p => p.Id == id, ct) is not { } patient)
        {
            return new(null, MergedInto: await db.Database.SqlQuery<Guid?>($"select merged_into as \"Value\" from patients.patients where id = {id}").FirstOrDefaultAsync(ct));
        }

        var reason = patient.Restricted ? await ReasonAsync(id, ct) : null;
        if (patient.Restricted && reason is null)
        {
            return new(null, Restricted: true);
        }

        log.Viewed(id, what, reason);
        return new(patient);
    }

    /// <summary>A program says no reasons: to it a restricted chart stays shut.</summary>
    private async Task<string?> ReasonAsync(Guid id, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return actor is { SignedIn: true, PersonId: { } person } && actor.Can(PatientsModule.OpenRestricted)
            ? await db.ChartOpenings.Where(o => o.PatientId == id && o.PersonId == person && o.Until > now)
                .OrderByDescending(o => o.OpenedAt).Select(o => o.Reason).FirstOrDefaultAsync(ct)
            : null;
    }
}
