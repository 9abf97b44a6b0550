using Microsoft.EntityFrameworkCore;
using Modular.Patients.Messages;

namespace Modular.Patients.Addresses;

/// <summary>Tells other modules how a patient wants to be reached.</summary>
public static class FindReachHandler
{
    public static async Task<ReachFound> Handle(FindReach query, PatientsDb db, CancellationToken ct)
    {
        var ids = query.PatientIds;
        var patients = await db.Patients.AsNoTracking().Where(p => ids.Contains(p.Id)).ToListAsync(ct);
        var others = (await db.Addresses.AsNoTracking().Where(a => ids.Contains(a.PatientId)).ToListAsync(ct)).ToLookup(a => a.PatientId);
        return new([.. patients.Select(p =>
        {
            var r = Reach.Of(p, others[p.Id], query.Day);
            return new PatientReach(p.Id, p.FullName, p.Language, p.PreferredChannel, r.CareOf, r.Address, r.Address2, r.City, r.State, r.Zip,
                r.Phone, r.Email, !r.Confidential && p.TextConsent == "yes", r.Confidential);
        })]);
    }
}
