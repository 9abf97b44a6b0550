namespace Modular.Tests.PatientTables;

/// <summary>A claim of an encounter, with its steps.</summary>
public sealed class ClaimTableRows : PatientTableRows
{
    public override string Sql => """
        with e as (
            insert into billing.encounters (id, location_id, zone, patient_id, patient_name, source, service_from, service_to, what, place_of_service, due_on)
            values (gen_random_uuid(), '00000000-0000-7000-8000-000000000101', 'UTC', @p, 'Row, Table', 'form', '2001-02-01', '2001-02-01', 'Claimed', '11', '2001-02-04')
            returning id),
        c as (
            insert into billing.claims (id, number, encounter_id, location_id, zone, patient_id, patient_name, entity_id, rendering_id, payer_id, payer, coverage_id, rank,
                total, service_from, service_to, due_on)
            select gen_random_uuid(), 'T-' || @n, id, '00000000-0000-7000-8000-000000000101', 'UTC', @p, 'Row, Table', gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'x',
                gen_random_uuid(), 1, 10, '2001-02-01', '2001-02-01', '2001-02-02' from e returning id)
        insert into billing.claim_steps (id, row_id, row_version, at, by, from_state, to_state, said) select gen_random_uuid(), id, 1, now(), 'x', 'to-check', 'to-check', 'Made' from c;
        """;
}
