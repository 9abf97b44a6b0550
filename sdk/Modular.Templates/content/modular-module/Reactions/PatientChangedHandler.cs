using Microsoft.EntityFrameworkCore;
using Modular.Patients.Messages;

namespace Modular.Newmodule.Reactions;

/// <summary>Keeps the names this module shows. A message that is late or comes twice changes nothing.</summary>
public static class PatientChangedHandler
{
    public static Task HandleAsync(PatientChanged patient, NewmoduleDb db, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"""
            insert into newmodule.patients as known (id, version, name)
            values ({patient.PatientId}, {patient.Version}, {$"{patient.LastName}, {patient.FirstName}"})
            on conflict (id) do update set version = excluded.version, name = excluded.name where excluded.version > known.version
            """, ct);
}
