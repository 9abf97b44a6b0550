using Microsoft.EntityFrameworkCore;
using Modular.Patients.Coverages;
using Modular.Patients.Messages;
using Modular.Sdk;

namespace Modular.Patients.Charts;

/// <summary>
/// Tells other modules of patients and coverages, in the write that changed them: put together from the patient, the guarantor, the payer and
/// the subscriber, who may be the patient.
/// </summary>
public static class Telling
{
    public static async Task<IReadOnlyList<PatientChanged>> ToldAsync(this PatientsDb db, IReadOnlyCollection<Patient> patients, DateOnly day, CancellationToken ct)
    {
        var ids = patients.Select(p => p.Id).ToList();
        var guarantors = await db.Contacts.AsNoTracking()
            .Where(c => ids.Contains(c.PatientId) && c.Guarantor && c.FromDate <= day && (c.ToDate == null || c.ToDate >= day))
            .ToDictionaryAsync(c => c.PatientId, ct);
        return [.. patients.Select(p => p.Changed(day, guarantors.GetValueOrDefault(p.Id)))];
    }

    /// <summary>In the order of the query. What a merge left with the record that is gone is told with that record's facts.</summary>
    public static async Task<IReadOnlyList<CoverageChanged>> ToldAsync(this PatientsDb db, IQueryable<Coverage> coverages, DateOnly day, CancellationToken ct)
    {
        var rows = await coverages.AsNoTracking().Include(c => c.Payer).ToListAsync(ct);
        var ids = rows.Select(c => c.PatientId).Distinct().ToList();
#pragma warning disable RS0030 // The one filter that hides merged records; shut charts stay shut.
        var patients = await db.Patients.AsNoTracking().IgnoreQueryFilters([PatientsDb.Merged])
#pragma warning restore RS0030
            .Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, ct);
        return [.. rows.Select(c => c.Changed(c.Payer!, patients[c.PatientId], day))];
    }

    /// <summary>After the save: the version of the message is the one just written.</summary>
    public static async Task TellAsync(
        this PatientsDb db, IMessageBus bus, IReadOnlyCollection<Patient> patients, DateOnly today, CancellationToken ct, bool bulk = false)
    {
        foreach (var told in await db.ToldAsync(patients, today, ct))
        {
            await bus.PublishAsync(told, new(Key: told.PatientId.ToString(), Bulk: bulk));
        }

        await db.TellHeldAsync(bus, [.. patients.Select(p => p.Id).Where(db.NamedAnew.Remove)], today, ct, bulk);
    }

    /// <summary>What a patient's message says has changed in another row than the patient's, such as the guarantor's: a new version of the patient.</summary>
    /// <param name="named">It is what claims name too: the confidential address.</param>
    public static async Task TellAnewAsync(
        this PatientsDb db, IMessageBus bus, IReadOnlyCollection<Patient> patients, DateOnly today, CancellationToken ct, bool named = false)
    {
        foreach (var patient in patients)
        {
            db.Entry(patient).Property(p => p.Language).IsModified = true;
            if (named)
            {
                db.NamedAnew.Add(patient.Id);
            }
        }

        await db.SaveAndTellAsync(bus, patients, today, ct);
    }

    /// <summary>Tells of coverages, read anew: who changed the patient meanwhile has counted them up.</summary>
    public static async Task TellCoveragesAsync(
        this PatientsDb db, IMessageBus bus, IReadOnlyCollection<Guid> coverages, DateOnly today, CancellationToken ct, bool bulk = false)
    {
        foreach (var told in await db.ToldAsync(db.Coverages.Where(c => coverages.Contains(c.Id)).OrderBy(c => c.Id), today, ct))
        {
            await bus.PublishAsync(told, new(Key: told.CoverageId.ToString(), Bulk: bulk));
        }
    }

    /// <summary>
    /// The plans that patients hold themselves are told again with what claims now say of the subscriber, as newer: the coverage's own version
    /// stays, for nobody changed the coverage.
    /// </summary>
    public static async Task TellHeldAsync(
        this PatientsDb db, IMessageBus bus, IReadOnlyCollection<Guid> patients, DateOnly today, CancellationToken ct, bool bulk = false)
    {
        var held = db.Coverages.Where(c => patients.Contains(c.PatientId) && c.Relationship == Coverage.Self);
        if (patients.Count > 0 && await held.ExecuteUpdateAsync(set => set.SetProperty(c => c.SubscriberVersion, c => c.SubscriberVersion + 1), ct) > 0)
        {
            await db.TellCoveragesAsync(bus, await held.Select(c => c.Id).ToListAsync(ct), today, ct, bulk);
        }
    }
}
