using Modular.Patients.Messages;
using Modular.Referrals.Referrals;
using Modular.Sdk;
using Modular.Sdk.Core;

namespace Modular.Referrals.Reactions;

/// <summary>A patient by id, for the form that writes a referral. Who died or is part of another record is not found.</summary>
public sealed class PatientLookup(ReferralsDb db, IMessageBus bus)
{
    public async Task<KnownPatient?> FindAsync(Guid id, CancellationToken ct) => await Known.Patients.FindAsync(db, bus, id, ct) is { Active: true } found ? found : null;
}
