namespace Modular.Tests.PatientTables;

public sealed class BillingTableRows : PatientTableRows
{
    public override string Sql => """
        insert into billing.patients (id, version, record_number, name, birth_date, sex, find) values (@p, 1, 'T-' || @n, 'Row, Table', '1980-01-01', 'F', ' row table') on conflict do nothing;
        insert into billing.claim_patients (id, version, first_name, last_name) values (@p, 1, 'Table', 'Row') on conflict do nothing;
        insert into billing.cases (id, version, patient_id, kind, title, accident_on) values (gen_random_uuid(), 1, @p, 'other', 'Table', '2000-01-01');
        insert into billing.coverages (id, version, patient_id, line, rank, payer_id, payer, member_id, relationship, subscriber_last, effective_from)
            values (gen_random_uuid(), 1, @p, 'medical', 1, gen_random_uuid(), 'Table payer', 'M' || @n, 'self', 'Row', '2026-01-01');
        """;
}
