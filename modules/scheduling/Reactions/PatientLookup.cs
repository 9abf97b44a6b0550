using Modular.Patients.Messages;
using Modular.Scheduling.Appointments;
using Modular.Sdk;
using Modular.Sdk.Core;

namespace Modular.Scheduling.Reactions;

/// <summary>A patient by id, for the pages that book.</summary>
public sealed class PatientLookup(SchedulingDb db, IMessageBus bus)
{
    public Task<KnownPatient?> FindAsync(Guid id, CancellationToken ct) => Known.Patients.FindAsync(db, bus, id, ct);
}
