using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;
using Modular.Sdk;

namespace Modular.Patients.Addresses;

/// <summary>Asks for patients whose confidential way or guarantor begins or ends with a day, on which nobody saves anything.</summary>
[Message("patients.tell-reach.v1")]
public sealed record TellReach;

public static class TellReachHandler
{
    /// <summary>What other modules show of them is another number, or another who pays, from today, which they take over as a new version.</summary>
    public static async Task Handle(TellReach message, PatientsDb db, IMessageBus bus, IPractice practice, TimeProvider clock, CancellationToken ct)
    {
        var today = WallTime.Today(clock, practice.Zone);
        var yesterday = today.AddDays(-1);
        var turned = await db.Patients
            .Where(p => db.Addresses.Any(a => a.PatientId == p.Id && a.Kind == OtherAddress.Confidential && (a.FromDate == today || a.ToDate == yesterday))
                || db.Contacts.Any(c => c.PatientId == p.Id && c.Guarantor && (c.FromDate == today || c.ToDate == yesterday))).ToListAsync(ct);
        await db.TellAnewAsync(bus, turned, today, ct, named: true);
    }
}
