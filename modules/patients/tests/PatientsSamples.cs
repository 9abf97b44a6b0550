using Modular.Tests.Harness;

namespace Modular.Tests.Security;

/// <summary>Pages of the patients module.</summary>
public sealed class PatientsSamples : EndpointSamples
{
    private static readonly Guid Row = Guid.Parse("00000000-0000-7000-8000-0000000000f1");
    private static readonly Guid Restricted = Guid.Parse("00000000-0000-7000-8000-0000000000f3");

    private static readonly Guid Other = Guid.Parse("00000000-0000-7000-8000-0000000000f4");

    private static readonly Guid ScannedFile = Guid.Parse("00000000-0000-7000-8000-0000000000f5");

    private static readonly byte[] Scanned = Papers.Pdf("Sample");

    public override Task PlantAsync(SampleRows rows) => rows.RunAsync("""
        insert into patients.patients (id, record_number, first_name, last_name, birth_date, sex, registered_at) values (@row, 'S-' || @mark, 'Sample', @mark, '1980-01-01', 'F', now());
        insert into patients.patients (id, record_number, first_name, last_name, birth_date, sex, registered_at, restricted) values (@restricted, 'R-' || @mark, 'Sample', @mark, '1980-01-01', 'F', now(), true);
        insert into patients.patients (id, record_number, first_name, last_name, birth_date, sex, registered_at) values (@other, 'O-' || @mark, 'Sample', @mark, '1980-01-01', 'F', now());
        insert into patients.payers (id, name) values (@row, @mark);
        insert into patients.coverages (id, patient_id, payer_id, rank, member_id, relationship, effective_from) values (@row, @row, @row, 1, @mark, 'self', '2026-01-01');
        insert into core.file_contents (sha256, length) values (repeat('b', 64), 1);
        insert into core.file_chunks (sha256, number, body) values (repeat('b', 64), 0, 'x');
        insert into core.files (id, sha256, name, type, stored_at) values (@row, repeat('b', 64), @mark || '.txt', 'text/plain', now());
        insert into core.file_owners (file_id, module, permission, patient_id, what) values (@row, 'patients', 'patients.patient.read', @row, 'document');
        insert into patients.documents (id, patient_id, file_id, category, title, dated, added_at, added_by) values (@row, @row, @row, 'other', @mark, '2026-01-01', now(), 'somebody');
        insert into patients.contacts (id, patient_id, last_name, relationship, from_date) values (@row, @row, @mark, 'parent', '2026-01-01');
        insert into patients.addresses (id, patient_id, kind, phone, from_date) values (@row, @row, 'confidential', '5550100000', '2026-01-01');
        insert into patients.alerts (id, patient_id, kind, text, from_date, added_by) values (@row, @row, 'other', @mark, '2026-01-01', 'somebody');
        insert into patients.external_ids (id, patient_id, kind, issuer, value) values (@row, @row, 'other', @mark, '1');
        insert into patients.outside_providers (id, name) values (@row, @mark);
        insert into patients.agreement_forms (id, kind, title, edition, in_use_from) values (@row, 'other', @mark, '1', '2026-01-01');
        insert into patients.agreements (id, patient_id, form_id, outcome, signed_on, signed_by, relationship, taken_by) values (@row, @row, @row, 'signed', '2026-01-01', @mark, 'self', 'somebody');
        insert into patients.age_reviews (id, patient_id, age, reached_on, patient, adult) values (@row, @row, 18, '2026-01-01', @mark, true);
        insert into patients.phone_messages (id, location_id, patient_id, caller, reason, urgency, to_role, taken_at, taken_by, answer_by) values (@row, '00000000-0000-7000-8000-000000000101', @row, @mark, @mark, 'today', 'nurse', now(), 'x', now() + interval '1 hour');
        insert into patients.record_requests (id, patient_id, patient, requester, requester_kind, authority, scope, format, received_on, clock_started_on, clock_due_on) values (@row, @row, @mark, @mark, 'patient', 'patient', 'all', 'paper', '2026-01-01', '2026-01-01', '2026-01-31');
        insert into patients.disclosures (id, patient_id, disclosed_on, recipient, what, purpose, by_name) values (@row, @row, '2026-01-02', @mark, 'all', 'law', 'x');
        insert into patients.cases (id, patient_id, kind, title, accident_on, opened_on) values (@row, @row, 'other', @mark, '2026-01-01', '2026-01-01');
        insert into patients.scan_files (id, location_id, file_id, name, sha256, type, pages, source, received_at) values (@row, '00000000-0000-7000-8000-000000000101', @file, @mark, @sha, 'application/pdf', 1, 'added', now());
        insert into patients.scans (id, location_id, scan_file_id, name, first_page, received_at, due_by, changed_at) values (@row, '00000000-0000-7000-8000-000000000101', @row, @mark, 1, now(), now(), now());
        insert into patients.scan_pages (scan_file_id, number, scan_id, wide) values (@row, 1, @row, false);
        insert into core.file_contents (sha256, length) values (@sha, length(@paper));
        insert into core.file_chunks (sha256, number, body) values (@sha, 0, @paper);
        insert into core.files (id, sha256, name, type, stored_at) values (@file, @sha, @mark || '.pdf', 'application/pdf', now());
        insert into core.file_owners (file_id, module, permission, what, location_id) values (@file, 'patients', 'patients.scan.file', 'scan', '00000000-0000-7000-8000-000000000101');
        update patients.coverages set front_id = @row where id = @row;
        update patients.patients set photo_id = @row where id = @row
        """, ("row", Row), ("restricted", Restricted), ("other", Other),
        ("file", ScannedFile), ("paper", Scanned), ("sha", Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Scanned))));

    public override IEnumerable<Sample> All =>
    [
        new("/patients/charts/{id:guid}", $"/patients/charts/{Row}"),
        new("/patients/charts/{id:guid}/edit", $"/patients/charts/{Row}/edit"),
        new("/patients/charts/{id:guid}/unlock", $"/patients/charts/{Restricted}/unlock"),
        new("/patients/agreements/{patientId:guid}/sign", $"/patients/agreements/{Row}/sign?form={Row}"),
        new("/patients/merges/merge", $"/patients/merges/merge?keep={Row}&gone={Other}"),
        new("/patients/retention/{patientId:guid}/export", $"/patients/retention/{Row}/export"),
        new("/patients/scans/{id:guid}/discard", $"/patients/scans/{Row}/discard") { AtMainStreet = true },
        new("/patients/scans/{id:guid}/pages", $"/patients/scans/{Row}/pages") { AtMainStreet = true },
        new("/patients/scans/{id:guid}/pages/{number:int}", $"/patients/scans/{Row}/pages/1") { AtMainStreet = true },
        new("/patients/phone-messages/{id:guid}", $"/patients/phone-messages/{Row}") { AtMainStreet = true },
        new("/patients/disclosures/{patientId:guid}/add", $"/patients/disclosures/{Row}/add"),
        new("/patients/disclosures/{patientId:guid}/{id:guid}/edit", $"/patients/disclosures/{Row}/{Row}/edit"),
        new("/patients/record-requests/{patientId:guid}/add", $"/patients/record-requests/{Row}/add"),
        new("/patients/record-requests/{patientId:guid}/{id:guid}/edit", $"/patients/record-requests/{Row}/{Row}/edit"),
        new("/patients/record-requests/{patientId:guid}/{id:guid}/letter", $"/patients/record-requests/{Row}/{Row}/letter"),
        new("/patients/record-requests/{patientId:guid}/{id:guid}/packet", $"/patients/record-requests/{Row}/{Row}/packet"),
        new("/patients/record-requests/{patientId:guid}/{id:guid}/packet/pdf", $"/patients/record-requests/{Row}/{Row}/packet/pdf") { Answer = 422 },
        new("/patients/timelines/{patientId:guid}", $"/patients/timelines/{Row}"),
        new("/patients/registrations/household/{patientId:guid}", $"/patients/registrations/household/{Row}"),
        new("/patients/cases/{patientId:guid}/add", $"/patients/cases/{Row}/add"),
        new("/patients/cases/{patientId:guid}/{id:guid}/edit", $"/patients/cases/{Row}/{Row}/edit"),
        new("/patients/coverage-cards/{patientId:guid}/{id:guid}/verify", $"/patients/coverage-cards/{Row}/{Row}/verify"),
        new("/patients/coverage-cards/{patientId:guid}/{id:guid}/{side:regex(^(front|back)$)}", $"/patients/coverage-cards/{Row}/{Row}/front"),
        new("/patients/contacts/{patientId:guid}/add", $"/patients/contacts/{Row}/add"),
        new("/patients/contacts/{patientId:guid}/{id:guid}/edit", $"/patients/contacts/{Row}/{Row}/edit"),
        new("/patients/addresses/{patientId:guid}/add", $"/patients/addresses/{Row}/add"),
        new("/patients/addresses/{patientId:guid}/{id:guid}/edit", $"/patients/addresses/{Row}/{Row}/edit"),
        new("/patients/alerts/{patientId:guid}/add", $"/patients/alerts/{Row}/add"),
        new("/patients/alerts/{patientId:guid}/{id:guid}/edit", $"/patients/alerts/{Row}/{Row}/edit"),
        new("/patients/outside-ids/{patientId:guid}/add", $"/patients/outside-ids/{Row}/add"),
        new("/patients/outside-ids/{patientId:guid}/{id:guid}/edit", $"/patients/outside-ids/{Row}/{Row}/edit"),
        new("/patients/agreements/{patientId:guid}/add", $"/patients/agreements/{Row}/add"),
        new("/patients/agreements/{patientId:guid}/{id:guid}/edit", $"/patients/agreements/{Row}/{Row}/edit"),
        new("/patients/care-teams/{patientId:guid}", $"/patients/care-teams/{Row}"),
        new("/patients/photos/{patientId:guid}/add", $"/patients/photos/{Row}/add"),
        new("/patients/photos/{patientId:guid}", $"/patients/photos/{Row}"),
        new("/patients/labels/{patientId:guid}/print", $"/patients/labels/{Row}/print"),
        new("/patients/labels/{patientId:guid}/print/pdf", $"/patients/labels/{Row}/print/pdf"),
        new("/patients/minors/{patientId:guid}/{id:guid}", $"/patients/minors/{Row}/{Row}"),
        new("/patients/privacy/{patientId:guid}", $"/patients/privacy/{Row}"),
        new("/patients/outside-providers/edit/{id:guid?}", $"/patients/outside-providers/edit/{Row}"),
        new("/patients/agreement-forms/edit/{id:guid?}", $"/patients/agreement-forms/edit/{Row}"),
        new("/patients/payers/edit/{id:guid?}", $"/patients/payers/edit/{Row}"),
        new("/patients/coverages/{patientId:guid}/add", $"/patients/coverages/{Row}/add"),
        new("/patients/coverages/{patientId:guid}/{id:guid}/edit", $"/patients/coverages/{Row}/{Row}/edit"),
        new("/patients/coverages/{patientId:guid}/{id:guid}/end", $"/patients/coverages/{Row}/{Row}/end"),
        new("/patients/documents/{patientId:guid}/add", $"/patients/documents/{Row}/add"),
        new("/patients/documents/{patientId:guid}/{id:guid}/edit", $"/patients/documents/{Row}/{Row}/edit"),
        new("/patients/documents/{patientId:guid}/{id:guid}/open", $"/patients/documents/{Row}/{Row}/open"),
    ];
}
