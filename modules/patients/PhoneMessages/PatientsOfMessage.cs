using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;
using Modular.Patients.Search;
using Modular.Sdk;

namespace Modular.Patients.PhoneMessages;

/// <summary>Patients as they are typed into a message.</summary>
public sealed class PatientsOfMessage(PatientsDb db, IAccessLog log, IPractice practice) : Slice
{
    [HttpGet("/patients/phone-messages/patients")]
    [Needs(PatientsPermissions.WritePhoneMessage)]
    public async Task<PickList> Get(string? patientName, CancellationToken ct)
    {
        var today = WallTime.Today(Clock, practice.Zone);
        var typed = PatientQuery.Parse(patientName, today);
        var found = (patientName ?? "").Trim().Length < 2 || typed.IsEmpty ? [] : await db.Patients.AsNoTracking().Matching(typed).Ranked(typed).Take(8).ToListAsync(ct);
        if (found.Count > 0)
        {
            log.Listed([.. found.Select(p => p.Id)], "patients found for a message");
        }

        return new(found.Select(p => p.ToPick(today)));
    }
}
