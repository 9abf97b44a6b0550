using Microsoft.EntityFrameworkCore;
using Modular.Patients.Messages;
using Modular.Scheduling.Appointments;
using Modular.Sdk;
using Modular.Sdk.Core;

namespace Modular.Scheduling.Reactions;

/// <summary>Patients by id, for the pages that book and the letters.</summary>
public sealed class PatientLookup(SchedulingDb db, IMessageBus bus)
{
    /// <summary>Those there are, by their id.</summary>
    public async Task<Dictionary<Guid, KnownPatient>> FindAsync(Guid[] ids, CancellationToken ct)
    {
        var known = await db.Patients.AsNoTracking().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, ct);
        foreach (var id in ids.Where(id => !known.ContainsKey(id)))
        {
            if (await FindAsync(id, ct) is { } told)
            {
                known[id] = told;
            }
        }

        return known;
    }

    public Task<KnownPatient?> FindAsync(Guid id, CancellationToken ct) => Known.Patients.FindAsync(db, bus, id, ct);
}
