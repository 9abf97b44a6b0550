namespace Modular.Tests.PatientTables;

/// <summary>Encounters with what hangs on them, and charges from outside.</summary>
public sealed class ChargeTableRows : PatientTableRows
{
    public override string Sql => """
        with e as (
            insert into billing.encounters (id, location_id, zone, entity_id, patient_id, patient_name, source, service_from, service_to, what, place_of_service, rendering_id, due_on, total)
            values (gen_random_uuid(), '00000000-0000-7000-8000-000000000101', 'UTC', gen_random_uuid(), @p, 'Row, Table', 'form', '2001-01-01',
                '2001-01-01', 'Table', '11', gen_random_uuid(), '2001-01-04', 10)
            returning id),
        d as (insert into billing.diagnoses (encounter_id, position, code, name) select id, 1, 'I10', 'Table' from e),
        l as (insert into billing.charge_lines (id, encounter_id, position, service_on, code, name, pointers, units, price, amount)
            select gen_random_uuid(), id, 1, '2001-01-01', 'G9999', 'Table', '{1}', 1, 10, 10 from e returning id, encounter_id)
        insert into billing.charges (id, encounter_id, line_id, kind, posted_at, posted_by, service_on, code, modifiers, diagnoses, units, amount, rendering_id, location_id, entity_id)
            select gen_random_uuid(), encounter_id, id, 'charge', now(), 'x', '2001-01-01', 'G9999', '{}', '{I10}', 1, 10, gen_random_uuid(),
                gen_random_uuid(), gen_random_uuid() from l;
        update billing.encounters set state = 'ready' where patient_id = @p;
        insert into billing.outside_charges (id, location_id, zone, way, sender, outside_id, digest, content, received_at, patient_id, patient, service_on)
            values (gen_random_uuid(), '00000000-0000-7000-8000-000000000101', 'UTC', 'import', 'Table', 'T-' || @n, repeat('b', 64), '{}', now(),
                @p, 'Row, Table', '2001-01-01');
        """;
}
