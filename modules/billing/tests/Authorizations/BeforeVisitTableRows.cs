namespace Modular.Tests.PatientTables;

/// <summary>Visits, what was asked and answered of coverages, authorizations and what used them.</summary>
public sealed class BeforeVisitTableRows : PatientTableRows
{
    public override string Sql => """
        insert into billing.visits (id, version, patient_id, location_id, provider_id, provider, type, starts_at, day, status)
            values (gen_random_uuid(), 1, @p, '00000000-0000-7000-8000-000000000101', gen_random_uuid(), 'x', 'Table', now(), '2001-01-01', 'booked');
        with f as (insert into billing.eligibility_files (id, sha256, name, taken_at, taken_by, answers, unknown)
            values (gen_random_uuid(), 'table-' || @n, 'x', now(), 'x', 1, 0) returning id),
        q as (insert into billing.eligibility_questions (id, coverage_id, patient_id, day, asked_at, asked_by)
            values (gen_random_uuid(), gen_random_uuid(), @p, '2001-01-01', now(), 'x') returning id, coverage_id)
        insert into billing.eligibility_answers (id, question_id, file_id, coverage_id, patient_id, day, answered_at, state, benefits, raw)
            select gen_random_uuid(), q.id, f.id, q.coverage_id, @p, '2001-01-01', now(), 'active', '[]', 'x' from f, q;
        with a as (insert into billing.authorizations (id, patient_id, patient_name, payer_id, payer, kind, what, visits, due_on)
            values (gen_random_uuid(), @p, 'Row, Table', gen_random_uuid(), 'x', 'authorization', 'Table', 2, '2001-01-01') returning id)
        insert into billing.authorization_uses (id, authorization_id, kind, visit_id, patient_id, day)
            select gen_random_uuid(), id, 'authorization', gen_random_uuid(), @p, '2001-01-01' from a;
        """;
}
