using Npgsql;

namespace Modular.Tests.PatientTables;

/// <summary>
/// Rows of one module in every one of its registered patient tables. A class per module, found by itself: a module that registers
/// a table adds a row here, or the patient tables test names the table.
/// </summary>
public abstract class PatientTableRows
{
    /// <summary>Lower runs first: patients, then what hangs on them.</summary>
    public virtual int Order => 100;

    /// <summary>SQL that plants the rows; @p is the patient, @n a number that differs between the two.</summary>
    public abstract string Sql { get; }

    public async Task PlantAsync(NpgsqlConnection connection, Guid patient, int number)
    {
        await using var command = new NpgsqlCommand(Sql, connection);
        command.Parameters.AddWithValue("p", patient);
        command.Parameters.AddWithValue("n", number);
        await command.ExecuteNonQueryAsync();
    }
}

public sealed class PatientsTableRows : PatientTableRows
{
    public override int Order => 1;

    public override string Sql => """
        insert into patients.patients (id, record_number, first_name, last_name, birth_date, sex, registered_at) values (@p, 'T-' || @n, 'Table', 'Row' || @n, '1980-01-01', 'F', now());
        insert into patients.payers (id, name) select gen_random_uuid(), 'Table payer' where not exists (select from patients.payers where name = 'Table payer');
        insert into patients.agreement_forms (id, kind, title, edition, in_use_from) select gen_random_uuid(), 'other', 'Table form', '1', '2026-01-01' where not exists (select from patients.agreement_forms where title = 'Table form');
        insert into patients.external_ids (id, patient_id, kind, value) values (gen_random_uuid(), @p, 'passport', 'the same');
        insert into patients.coverages (id, patient_id, payer_id, rank, member_id, relationship, effective_from, effective_to)
            select gen_random_uuid(), @p, id, 1, 'M' || @n, 'self', '2026-01-01', '2026-03-31' from patients.payers where name = 'Table payer';
        insert into patients.coverages (id, patient_id, payer_id, rank, member_id, relationship, effective_from)
            select gen_random_uuid(), @p, id, @n % 3 + 1, 'N' || @n, 'self', '2026-06-01' from patients.payers where name = 'Table payer';
        insert into patients.documents (id, patient_id, file_id, category, title, dated, added_at, added_by) values (gen_random_uuid(), @p, gen_random_uuid(), 'other', 'Table', '2026-01-01', now(), 'x');
        insert into patients.document_versions (id, document_id, number, file_id, added_at, added_by, replaced_at, replaced_by) select gen_random_uuid(), id, 1, gen_random_uuid(), now(), 'x', now(), 'x' from patients.documents where patient_id = @p;
        insert into patients.chart_openings (id, patient_id, person_id, reason, opened_at, until) values (gen_random_uuid(), @p, gen_random_uuid(), 'because', now(), now());
        insert into patients.addresses (id, patient_id, kind, phone, from_date, to_date) values (gen_random_uuid(), @p, 'confidential', '5550100000', make_date(2000 + @n % 100, 1, 1), make_date(2000 + @n % 100, 12, 31));
        insert into patients.contacts (id, patient_id, last_name, relationship, from_date) values (gen_random_uuid(), @p, 'Ana', 'friend', '2026-01-01');
        insert into patients.contacts (id, patient_id, other_patient_id, last_name, relationship, from_date)
            select gen_random_uuid(), id, @p, 'Table', 'friend', '2026-01-01' from patients.patients where record_number like 'X-%' limit 1;
        insert into patients.alerts (id, patient_id, kind, text, from_date, added_by) values (gen_random_uuid(), @p, 'other', 'Table', '2026-01-01', 'x');
        insert into patients.age_reviews (id, patient_id, age, reached_on, patient, adult) values (gen_random_uuid(), @p, 18, '1998-01-01', 'Table', true);
        insert into patients.agreements (id, patient_id, form_id, outcome, signed_on, signed_by, relationship, taken_by)
            select gen_random_uuid(), @p, id, 'signed', '2026-01-01', 'Table', 'self', 'x' from patients.agreement_forms where title = 'Table form';
        insert into patients.cases (id, patient_id, kind, title, accident_on, opened_on) values (gen_random_uuid(), @p, 'other', 'Table', '2026-01-01', '2026-01-01');
        insert into patients.phone_messages (id, location_id, patient_id, caller, reason, urgency, to_role, taken_at, taken_by, answer_by) values (gen_random_uuid(), '00000000-0000-7000-8000-000000000101', @p, 'Table', 'x', 'today', 'nurse', now(), 'x', now() + interval '1 hour');
        insert into patients.phone_message_steps (id, row_id, row_version, at, by, from_state, to_state, said) select gen_random_uuid(), id, 1, now(), 'x', 'open', 'open', 'Table' from patients.phone_messages where patient_id = @p;
        insert into patients.record_requests (id, patient_id, patient, requester, requester_kind, authority, scope, format, received_on, clock_started_on, clock_due_on) values (gen_random_uuid(), @p, 'Table', 'Table', 'patient', 'patient', 'all', 'paper', '2026-01-01', '2026-01-01', '2026-01-31');
        insert into patients.disclosures (id, patient_id, request_id, disclosed_on, recipient, what, purpose, by_name) select gen_random_uuid(), @p, id, '2026-01-02', 'Table', 'all', 'patient', 'x' from patients.record_requests where patient_id = @p;
        insert into patients.scan_files (id, location_id, file_id, name, sha256, type, pages, source, received_at) values (gen_random_uuid(), '00000000-0000-7000-8000-000000000101', gen_random_uuid(), 'T' || @n, repeat('c', 64), 'application/pdf', 1, 'added', now());
        insert into patients.scans (id, location_id, scan_file_id, name, first_page, state, received_at, due_by, changed_at, patient_id, document_id, closed_at, closed_by)
            select gen_random_uuid(), f.location_id, f.id, f.name, 1, 'filed', now(), now(), now(), @p, d.id, now(), 'x' from patients.scan_files f, patients.documents d where f.name = 'T' || @n and d.patient_id = @p;
        insert into patients.scan_pages (scan_file_id, number, scan_id, wide) select scan_file_id, 1, id, false from patients.scans where patient_id = @p;
        insert into patients.duplicates (id, first_id, second_id, score, found_at) select gen_random_uuid(), least(@p, id), greatest(@p, id), 70, now() from patients.patients where record_number like 'X-%' limit 1;
        insert into patients.duplicates (id, first_id, second_id, score, found_at) select gen_random_uuid(), least(@p, id), greatest(@p, id), 70, now() from patients.patients where record_number like 'Y-%' limit 1;
        """;
}

public sealed class SchedulingTableRows : PatientTableRows
{
    public override string Sql => """
        insert into scheduling.patients (id, version, record_number, name, birth_date, sex, find) values (@p, 1, 'T-' || @n, 'Row, Table', '1980-01-01', 'F', ' row table') on conflict do nothing;
        insert into scheduling.providers (id, version, name, active) select gen_random_uuid(), 1, 'Table provider', true where not exists (select from scheduling.providers where name = 'Table provider');
        insert into scheduling.appointment_types (id, name, minutes) select gen_random_uuid(), 'Table type', 20 where not exists (select from scheduling.appointment_types where name = 'Table type');
        insert into scheduling.series (id, patient_id, provider_id, location_id, type_id, zone, wall_time, starts_on, every, unit, times, made_at, made_by)
            select gen_random_uuid(), @p, pr.id, '00000000-0000-7000-8000-000000000101', ty.id, 'UTC', '09:00', '2001-01-01', 1, 'week', 2, now(), 'x'
            from scheduling.providers pr, scheduling.appointment_types ty where pr.name = 'Table provider' and ty.name = 'Table type';
        insert into scheduling.cases (id, version, patient_id, kind, title, accident_on) values (gen_random_uuid(), 1, @p, 'other', 'Table', '2000-01-01');
        insert into scheduling.visits (case_id, series_id, series_on, id, patient_id, provider_id, location_id, type_id, patient_name, provider_name, type_name, kind, zone, starts_at, ends_at, held_from, held_to, booking_key, booked_at, booked_by)
            select (select id from scheduling.cases where patient_id = @p), (select id from scheduling.series where patient_id = @p), date '2001-01-01', gen_random_uuid(), @p, pr.id, '00000000-0000-7000-8000-000000000101', ty.id, 'Row, Table', 'x', 'x', 'visit', 'UTC', s, s + interval '20 min', s, s + interval '20 min', gen_random_uuid(), now(), 'x'
            from scheduling.providers pr, scheduling.appointment_types ty, (select timestamptz '2001-01-01 09:00Z' + make_interval(days => @n) as s) at
            where pr.name = 'Table provider' and ty.name = 'Table type';
        """;
}

public sealed class ReferralsTableRows : PatientTableRows
{
    public override string Sql => """
        insert into referrals.patients (id, version, record_number, name, birth_date, sex, find) values (@p, 1, 'T-' || @n, 'Row, Table', '1980-01-01', 'F', ' row table') on conflict do nothing;
        insert into referrals.cases (id, version, patient_id, title) values (gen_random_uuid(), 1, @p, 'Table');
        insert into referrals.coverages (id, version, patient_id, line, rank, payer, member_id, effective_from) values (gen_random_uuid(), 1, @p, 'medical', 1, 'Table', 'M' || @n, '2026-01-01');
        insert into referrals.specialists (id, name) select gen_random_uuid(), 'Table specialist' where not exists (select from referrals.specialists where name = 'Table specialist');
        insert into referrals.referrals (id, location_id, zone, patient_id, patient_name, specialist_id, specialist_name, reason, urgency, written_on, written_by, form_key, due_on)
            select gen_random_uuid(), '00000000-0000-7000-8000-000000000101', 'UTC', @p, 'Row, Table', id, name, 'Table', 'routine', '2026-01-05', 'x', gen_random_uuid(), '2026-01-19' from referrals.specialists where name = 'Table specialist';
        insert into referrals.referral_steps (id, row_id, row_version, at, by, from_state, to_state, said) select gen_random_uuid(), id, 1, now(), 'x', 'written', 'written', 'Table' from referrals.referrals where patient_id = @p;
        """;
}

public sealed class CoreTableRows : PatientTableRows
{
    public override string Sql => """
        insert into core.search (module, kind, entity_id, title, detail, link, permission, patient_id, words) values ('patients', 'Patient', @p, 'Row', '', '/', 'patients.patient.read', @p, 'row table');
        insert into core.tasks (id, module, kind, entity_id, title, link, permission, patient_id, created_at) values (gen_random_uuid(), 'patients', 'table', gen_random_uuid(), 'Do it', '/', 'patients.patient.read', @p, now());
        insert into core.approvals (id, kind, key, permission, subject, reason, link, patient_id, asked_by_id, asked_by, asked_at)
            values (gen_random_uuid(), 'patients.merge', @p::text, 'patients.patient.merge', 'Table', 'x', '/', @p, gen_random_uuid(), 'x', now());
        insert into core.file_contents (sha256, length) values (repeat('c', 64), 1) on conflict do nothing;
        insert into core.file_chunks (sha256, number, body) values (repeat('c', 64), 0, 'x') on conflict do nothing;
        with file as (insert into core.files (id, sha256, name, type, stored_at) values (gen_random_uuid(), repeat('c', 64), 'table.txt', 'text/plain', now()) returning id)
            insert into core.file_owners (file_id, module, permission, patient_id, what) select id, 'patients', 'patients.patient.read', @p, 'document' from file;
        with file as (insert into core.attachments (id, kind, row_id, patient_id, title, added_at, added_by) values (gen_random_uuid(), 'patients.table', gen_random_uuid(), @p, 'Table', now(), 'x') returning id)
            insert into core.attachment_versions (id, attachment_id, number, file_id, name, type, length, added_at, added_by) select gen_random_uuid(), id, 1, gen_random_uuid(), 't', 't', 1, now(), 'x' from file;
        with note as (insert into core.contact_notes (id, at, incoming, way, whom, about, outcome, by) values (gen_random_uuid(), now(), false, 'phone', 'Table', 'Table', 'reached', 'x') returning id)
            insert into core.contact_subjects (id, note_id, kind, row_id, name, patient_id) select gen_random_uuid(), id, 'patients.patient', @p, 'Row, Table', @p from note;
        insert into core.public_links (id, kind, token_digest, subject_id, patient_id, recipient, language, made_at, made_by_name, expires_at)
            values (gen_random_uuid(), 'patients.table', sha256(convert_to('table ' || @n, 'UTF8')), gen_random_uuid(), @p, 'x', 'en', now(), 'x', now() + interval '1 day');
        insert into core.signatures (id, permission, subject_id, patient_id, title, body, sha256, language, consent,
            signer, relationship, how, place, signed_at, digest)
            values (gen_random_uuid(), 'patients.patient.read', gen_random_uuid(), @p, 'Table', 'x', sha256('x'), 'en', 'x', 'x', 'x', 'link', 'x', now(), sha256('x'));
        insert into core.forms (id, kind, name, draft) select gen_random_uuid(), 'patients.registration', 'Table form', '{"sections":[]}'
            where not exists (select from core.forms where name = 'Table form');
        insert into core.form_answers (id, form_id, kind, form_name, patient_id, about, way, state, asked_at, asked_by)
            select gen_random_uuid(), id, kind, name, @p, 'Row', 'link', 'asked', now(), 'x' from core.forms where name = 'Table form';
        insert into core.retention_holds (id, matter, reason, patient_id, about, held_by, held_at) values (gen_random_uuid(), 'Table', 'because', @p, 'Row', 'x', now());
        insert into core.patient_merges (id, kept_id, gone_id, merged_at, merged_by_name, reason) values (gen_random_uuid(), @p, gen_random_uuid(), now(), 'x', 'planted');
        insert into core.patient_aliases (alias_id, patient_id, merge_id) select gone_id, kept_id, id from core.patient_merges where kept_id = @p;
        insert into audit.entry_values (entry_id, patient_id, salt, body) values (gen_random_uuid(), @p, 'x', '{}');
        """;
}
