using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Patients.Addresses;

/// <summary>Asks for patients whose confidential way begins or ends with a day, on which nobody saves anything.</summary>
[Message("patients.tell-reach.v1")]
public sealed record TellReach;

public static class TellReachHandler
{
    /// <summary>What other modules show of them is another number from today, which they take over as a new version.</summary>
    public static async Task Handle(TellReach message, PatientsDb db, IMessageBus bus, IPractice practice, TimeProvider clock, CancellationToken ct)
    {
        var today = WallTime.Today(clock, practice.Zone);
        var yesterday = today.AddDays(-1);
        var turned = await db.Patients
            .Where(p => db.Addresses.Any(a => a.PatientId == p.Id && a.Kind == OtherAddress.Confidential && (a.FromDate == today || a.ToDate == yesterday))).ToListAsync(ct);
        turned.ForEach(p => db.Entry(p).Property(x => x.Language).IsModified = true);
        await db.SaveAndTellAsync(bus, turned, today, ct);
    }
}
