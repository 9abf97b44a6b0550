using Microsoft.EntityFrameworkCore;
using Modular.Patients.Messages;
using Modular.Sdk;

namespace Modular.Referrals.Reactions;

/// <summary>Finds a patient among those known here, and asks the owner for one whose message is on its way, or who was left out when the module was turned on.</summary>
public sealed class PatientLookup(ReferralsDb db, IMessageBus bus)
{
    public async Task<KnownPatient?> FindAsync(Guid id, CancellationToken ct)
    {
        if (await KnownAsync(id, ct) is { } known)
        {
            return known.Active ? known : null;
        }

        if ((await bus.InvokeAsync<PatientsFound>(new FindPatients([id]), ct))?.Patients is not { Count: > 0 } told)
        {
            return null;
        }

        await KnownPatient.UpsertAsync(db, told, ct);
        return await KnownAsync(id, ct) is { Active: true } found ? found : null;
    }

    private Task<KnownPatient?> KnownAsync(Guid id, CancellationToken ct) => db.Patients.AsNoTracking().FirstOrDefaultAsync(p => p.Id == id, ct);
}
