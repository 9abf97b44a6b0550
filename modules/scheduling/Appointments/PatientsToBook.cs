using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Patients.Messages;
using Modular.Scheduling.Reactions;
using Modular.Sdk;

namespace Modular.Scheduling.Appointments;

/// <summary>Patients as they are typed into the booking form: names in any order, birth date, phone or record number.</summary>
public sealed class PatientsToBook(SchedulingDb db, IAccessLog log, IPractice practice) : Slice
{
    public sealed record Model(IReadOnlyList<KnownPatient> Patients, DateOnly Today, bool Asked);

    [HttpGet("/scheduling/appointments/patients")]
    [Needs(SchedulingPermissions.Book)]
    public async Task<IActionResult> Get(string? patientName, CancellationToken ct)
    {
        var today = WallTime.Today(Clock, practice.Zone);
        var typed = TypedPatient.Read(patientName, today);
        var (birth, patterns) = (typed.BirthDate, typed.Patterns);
        var found = !typed.IsEnough ? [] : await db.Patients.AsNoTracking()
            .Where(p => p.Active && (birth == null || p.BirthDate == birth) && patterns.All(x => EF.Functions.Like(p.Find, x)))
            .OrderBy(p => p.Name).ThenBy(p => p.BirthDate).Take(8).ToListAsync(ct);
        log.Listed([.. found.Select(p => p.Id)], "Patients found while booking");
        return Fragment("_Patients", new Model(found, today, typed.IsEnough));
    }
}
