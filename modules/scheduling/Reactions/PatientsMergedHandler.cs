using Microsoft.EntityFrameworkCore;
using Modular.Patients.Messages;

namespace Modular.Scheduling.Reactions;

/// <summary>The host moved the visits; here follow the names on them, and that the record that is gone is no longer offered for booking.</summary>
public static class PatientsMergedHandler
{
    public static Task Handle(PatientsMerged message, SchedulingDb db, CancellationToken ct)
    {
        Guid[] both = [message.KeptId, message.GoneId];
        return db.Database.ExecuteSqlAsync($"""
            with gone as (update scheduling.patients set active = {message.Undone} where id = {message.GoneId})
            update scheduling.visits v set patient_name = p.name from scheduling.patients p
            where p.id = v.patient_id and v.patient_id = any({both}) and v.patient_name <> p.name
            """, ct);
    }
}
