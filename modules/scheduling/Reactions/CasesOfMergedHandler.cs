using Microsoft.EntityFrameworkCore;
using Modular.Patients.Messages;

namespace Modular.Scheduling.Reactions;

/// <summary>
/// A visit booked between a merge and its undo stays with the one record, its case may go back with the other: then it is for none.
/// </summary>
public static class CasesOfMergedHandler
{
    public static Task Handle(PatientsMerged message, SchedulingDb db, CancellationToken ct)
    {
        Guid[] both = [message.KeptId, message.GoneId];
        return db.Database.ExecuteSqlAsync($"""
            with stray as (
                    update scheduling.visits v set case_id = null, version = v.version + 1 from scheduling.cases c
                    where c.id = v.case_id and c.patient_id <> v.patient_id and v.patient_id = any({both})
                    returning v.id, v.version, v.status, c.title)
            insert into scheduling.visit_steps (id, row_id, row_version, at, by, from_state, to_state, said)
            select gen_random_uuid(), id, version, now(), 'Merge taken back', status, status, left('Its case went back with the other record: ' || title, 1000) from stray
            """, ct);
    }
}
