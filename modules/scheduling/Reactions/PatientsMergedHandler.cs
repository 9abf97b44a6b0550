using Microsoft.EntityFrameworkCore;
using Modular.Patients.Messages;

namespace Modular.Scheduling.Reactions;

/// <summary>
/// The host moved the visits and the cases; here follow the names on them, and that the record that is gone is no longer offered for
/// booking. A visit booked between a merge and its undo stays with the one record, its case may go back with the other: then it is for none.
/// </summary>
public static class PatientsMergedHandler
{
    public static Task Handle(PatientsMerged message, SchedulingDb db, CancellationToken ct)
    {
        Guid[] both = [message.KeptId, message.GoneId];
        return db.Database.ExecuteSqlAsync($"""
            with gone as (update scheduling.patients set active = {message.Undone} where id = {message.GoneId}),
                stray as (
                    update scheduling.visits v set case_id = null, version = v.version + 1 from scheduling.cases c
                    where c.id = v.case_id and c.patient_id <> v.patient_id and v.patient_id = any({both})
                    returning v.id, c.title),
                said as (
                    insert into scheduling.visit_changes (id, visit_id, at, by, said)
                    select gen_random_uuid(), id, now(), 'Merge taken back', left('Its case went back with the other record: ' || title, 400) from stray)
            update scheduling.visits v set patient_name = p.name from scheduling.patients p
            where p.id = v.patient_id and v.patient_id = any({both}) and v.patient_name <> p.name
            """, ct);
    }
}
