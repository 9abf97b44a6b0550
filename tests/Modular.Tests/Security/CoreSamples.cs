using Modular.Tests.Harness;

namespace Modular.Tests.Security;

/// <summary>Pages of the host.</summary>
public sealed class CoreSamples : EndpointSamples
{
    private static readonly Guid Row = Guid.Parse("00000000-0000-7000-8000-0000000000c1");

    /// <summary>Planted by the samples of its module, at Main Street.</summary>
    private static readonly Guid Referral = Guid.Parse("00000000-0000-7000-8000-0000000000f5");

    private const string Form = """
        {"sections":[{"key":"s1","title":{"en":"S"},"questions":[{"key":"q1","kind":"text","label":{"en":"Q"}},{"key":"q2","kind":"yes-no","label":{"en":"R"}}]}]}
        """;

    public override Task PlantAsync(SampleRows rows) => rows.RunAsync("""
        insert into core.people (id, name, user_name, normalized_user_name, security_stamp, created_at) values (@row, @mark, 'sample', 'SAMPLE', 'x', now());
        insert into core.roles (id, name) values (@row, @mark);
        insert into core.staff_members (id, last_name) values (@row, @mark);
        insert into core.legal_entities (id, name) values (@row, @mark);
        insert into core.cost_centres (id, code, name) values (@row, 'sample', @mark);
        insert into core.file_contents (sha256, length) values (repeat('a', 64), 1);
        insert into core.file_chunks (sha256, number, body) values (repeat('a', 64), 0, 'x');
        insert into core.files (id, sha256, name, type, stored_at) values (@row, repeat('a', 64), @mark || '.txt', 'text/plain', now());
        insert into core.file_owners (file_id, module, permission, what) values (@row, 'core', 'core.practice.manage', 'sample');
        insert into core.imports (id, kind, file_name, sha256, headings, encoding, delimiter, state, started_by_name, started_at, step_at)
            values (@row, 'patients.patient', @mark || '.csv', 'a', '{First name}', 'utf-8', ',', 'uploaded', 'somebody', now(), now());
        insert into bus.wolverine_dead_letters (letter_id, id, body, message_type, received_at, seq, module, attempts, kind, reason, detail, failed_at)
            values (@row, @row, bus.envelope(@row, 'patients.sample.v1', '{}', now(), @mark, null, @row, null, null, null), 'patients.sample.v1', 'local://patients.sample/',
                1, 'patients', 6, 'E', 'r', 'd', now());
        insert into core.attachments (id, kind, row_id, title, added_at, added_by) values (@row, 'referrals.referral', @referral, @mark, now(), 'somebody');
        insert into core.attachment_versions (id, attachment_id, number, file_id, name, type, length, added_at, added_by)
            values (@row, @row, 1, @row, @mark || '.txt', 'text/plain', 1, now(), 'somebody');
        insert into core.contact_notes (id, at, incoming, way, whom, about, outcome, by, next_on)
            values (@row, now(), false, 'phone', @mark, @mark, 'reached', @mark, '2026-01-05');
        insert into core.contact_subjects (id, note_id, kind, row_id, name, location_id) values (@row, @row, 'referrals.referral', @referral, @mark, @place);
        insert into core.programs (id, name, scopes, redirect_uris, requests_per_minute, created_at, created_by)
            values (@row, @mark, '{patients.patient.read}', '{https://app.example/back}', 100, now(), 'somebody');
        insert into core.approvals (id, kind, key, permission, subject, reason, link, asked_by_id, asked_by, asked_at)
            values (@row, 'core.sample', 'sample', 'core.practice.manage', @mark, @mark, '/', gen_random_uuid(), 'somebody', now());
        insert into core.approval_limits (id, kind, role) values (@row, 'patients.merge', 'manager');
        insert into core.reading_documents (id, kind, key, name, everybody, person_ids, days, current, asking)
            values (@row, 'core.policy', 'sample', @mark, false, array[@row]::uuid[], 14, 1, 1);
        insert into core.reading_versions (id, document_id, number, body, sha256, small, published_at, published_by)
            values (@row, @row, 1, @mark, repeat('a', 64), false, now(), @mark);
        insert into core.acknowledgements (id, document_id, number, name, person_id, person, asked_on, due_on, state)
            values (@row, @row, 1, @mark, @row, @mark, '2026-01-05', '2126-01-05', 'waiting');
        insert into core.disposal_runs (id, state, judged_on, proposed_by, proposed_at, ended_at, digest)
            values (@row, 'done', '2026-01-05', @mark, now(), now(), repeat('a', 64));
        insert into core.disposal_kinds (run_id, kind, title, years, citation, as_of, collected) values (@row, 'core.approval', @mark, 6, @mark, '2026-01-05', true);
        insert into core.disposal_items (id, run_id, number, kind, record_id, starts_on, kept_until, state)
            values (@row, @row, 1, 'core.approval', @row, '2016-01-05', '2022-01-05', 'disposed');
        insert into core.forms (id, kind, name, draft, last_question, last_section, current) values (@row, 'patients.registration', @mark, @form::jsonb, 2, 1, 1);
        insert into core.form_versions (id, form_id, number, body, published_at, published_by) values (@row, @row, 1, @form::jsonb, now(), @mark);
        insert into core.form_answers (id, form_id, kind, form_name, about, way, state, asked_at, asked_by, number, language, answers, answered_at, answered_by)
            values (@row, @row, 'patients.registration', @mark, @mark, 'staff', 'waiting', now(), @mark, 1, 'en', '{"q1":[["x"]]}', now(), @mark);
        insert into core.retention_holds (id, matter, reason, kind, about, held_by, held_at) values (@row, @mark, @mark, 'core.sample', @mark, @mark, now());
        insert into core.letter_texts (id, kind, language, number, text, saved_at, saved_by) values (@row, 'core.letter-foot', 'es', 1, @mark, now(), 'somebody');
        insert into core.mail_merges (id, kind, about, work, started_by, started_at) values (@row, 'scheduling.work-note', '{}', @row, @row, now());
        insert into core.progress (id, title, link, total, started_by, started_at, reported_at) values (@row, @mark, '/', 10, @row, now(), now())
        """, ("row", Row), ("form", Form), ("referral", Referral), ("place", TestHost.NorthMain));

    public override IEnumerable<Sample> All =>
    [
        new("/account/code", "/account/code") { Answer = 302 },
        new("/account/welcome/{token}", "/account/welcome/guess"),
        new("/account/authenticator", "/account/authenticator"),
        new("/lock", "/lock"),
        new("/first-run", "/first-run?token=guess") { Answer = 404 },
        new("/problem/{code:int}", "/problem/403") { Answer = 404 },
        new("/logo", "/logo") { Answer = 404 },
        new("/metrics", "/metrics") { Answer = 404 },
        new("/help/{module}", "/help/patients"),
        new("/help/{module}/{topic}", "/help/patients/scans"),
        new("/live", "/live?topics=core.progress"),
        new("/connect/authorize", $"/connect/authorize?response_type=code&client_id={Row:N}&redirect_uri=https%3A%2F%2Fapp.example%2Fback&state=x&code_challenge_method=S256&code_challenge={new string('a', 43)}"),
        new("/account/sign-in/provider", "/account/sign-in/provider") { Answer = 302 },
        new("/account/sign-in/provider/confirm", "/account/sign-in/provider/confirm") { Answer = 302 },
        new("/account/sign-in/callback", "/account/sign-in/callback") { Answer = 302 },
        new("/admin/programs/edit/{id:guid?}", $"/admin/programs/edit/{Row}"),
        new("/admin/programs/webhooks/{program:guid}", $"/admin/programs/webhooks/{Row}"),
        new("/api/{module}/openapi.json", "/api/patients/openapi.json"),
        new("/api/messages/{alias}", "/api/messages/patients.patient-changed.v1"),
        new("/admin/modules/messages/{module}", "/admin/modules/messages/patients"),
        new("/admin/settings/{module}", "/admin/settings/patients"),
        new("/admin/dead-letters/{id:guid}", $"/admin/dead-letters/{Row}"),
        new("/admin/modules/disable/{id}", "/admin/modules/disable/patients"),
        new("/admin/modules/enable/{id}", "/admin/modules/enable/patients"),
        new("/admin/modules/install", "/admin/modules/install") { Answer = 404 },
        new("/admin/modules/remove/{id}", "/admin/modules/remove/patients") { Answer = 404 },
        new("/admin/locations/edit/{id:guid?}", $"/admin/locations/edit/{TestHost.NorthMain}"),
        new("/admin/entities/edit/{id:guid?}", $"/admin/entities/edit/{Row}"),
        new("/admin/cost-centres/edit/{id:guid?}", $"/admin/cost-centres/edit/{Row}"),
        new("/approvals/{id:guid}", $"/approvals/{Row}") { Permission = "core.practice.manage" },
        new("/admin/approval-limits/edit/{id:guid?}", $"/admin/approval-limits/edit/{Row}"),
        new("/admin/people/edit/{id:guid}", $"/admin/people/edit/{Row}"),
        new("/admin/roles/edit/{id:guid?}", $"/admin/roles/edit/{Row}"),
        new("/admin/staff/edit/{id:guid?}", $"/admin/staff/edit/{Row}"),
        new("/admin/imports/{id:guid}", $"/admin/imports/{Row}") { Permission = "patients.patient.edit" },
        new("/admin/imports/{id:guid}/columns", $"/admin/imports/{Row}/columns"),
        new("/admin/imports/{id:guid}/refused", $"/admin/imports/{Row}/refused"),
        new("/admin/letters/edit/{kind}/{language}", "/admin/letters/edit/core.letter-foot/es"),
        new("/admin/letters/versions/{kind}/{language}", "/admin/letters/versions/core.letter-foot/es"),
        new("/forms/edit/{id:guid?}", $"/forms/edit/{Row}"),
        new("/forms/show/{id:guid}", $"/forms/show/{Row}"),
        new("/forms/edit-section/{id:guid}/{key?}", $"/forms/edit-section/{Row}/s1"),
        new("/forms/edit-question/{id:guid}/{section}/{key?}", $"/forms/edit-question/{Row}/s1/q1"),
        new("/forms/translate/{id:guid}", $"/forms/translate/{Row}"),
        new("/forms/publish/{id:guid}", $"/forms/publish/{Row}"),
        new("/forms/preview/{id:guid}", $"/forms/preview/{Row}"),
        new("/forms/form-blank/{id:guid}", $"/forms/form-blank/{Row}") { Permission = "patients.patient.edit" },
        new("/forms/answer-export/{id:guid}", $"/forms/answer-export/{Row}?number=1"),
        new("/forms/show-answer/{id:guid}", $"/forms/show-answer/{Row}") { Permission = "patients.patient.edit" },
        new("/forms/print/{id:guid}", $"/forms/print/{Row}") { Permission = "patients.patient.edit" },
        // The form is about a patient, and the address names none.
        new("/forms/fill/{id:guid}", $"/forms/fill/{Row}") { Answer = 404 },
        new("/forms/record/{kind}/{record:guid}", $"/forms/record/patients.patient/{Row}") { Answer = 404 },
        new("/public/forms/{link}", "/public/forms/none") { Answer = 404 },
        new("/retention/runs/{id:guid}", $"/retention/runs/{Row}") { Permission = "core.retention.manage" },
        new("/retention/runs/{id:guid}/certificate", $"/retention/runs/{Row}/certificate"),
        new("/retention/records", $"/retention/records?run={Row}") { Permission = "core.retention.manage" },
        new("/retention/record/{kind}/{id:guid}", $"/retention/record/core.approval/{Row}"),
        new("/retention/terms/{kind}", "/retention/terms/core.approval"),
        // Only for the person who is asked, who is nobody that signs in here.
        new("/my-reading/{id:guid}", $"/my-reading/{Row}") { Answer = 404 },
        new("/my-reading/{id:guid}/file", $"/my-reading/{Row}/file") { Answer = 404 },
        new("/acknowledgements/edit/{id:guid?}", $"/acknowledgements/edit/{Row}"),
        new("/acknowledgements/publish/{id:guid}", $"/acknowledgements/publish/{Row}"),
        new("/acknowledgements/show/{id:guid}", $"/acknowledgements/show/{Row}"),
        new("/acknowledgements/show/{id:guid}/file/{number:int}", $"/acknowledgements/show/{Row}/file/1") { Answer = 404 },
        new("/acknowledgements/proof/{id:guid}", $"/acknowledgements/proof/{Row}"),
        // Only for whoever had the letters written, who is nobody that signs in here.
        new("/mail-merge/{id:guid}", $"/mail-merge/{Row}") { Answer = 404 },
        new("/mail-merge/{id:guid}/pdf", $"/mail-merge/{Row}/pdf") { Answer = 404 },
        new("/files/{id:guid}", $"/files/{Row}") { Permission = "core.practice.manage" },
        new("/contact-log/{id:guid}", $"/contact-log/{Row}") { Permission = "referrals.referral.read", AtMainStreet = true },
        new("/contact-log/write", $"/contact-log/write?kind=referrals.referral&row={Referral}") { Permission = "referrals.referral.read", AtMainStreet = true },
        new("/attachments/{kind}/{row:guid}", $"/attachments/referrals.referral/{Referral}") { Permission = "referrals.referral.read", AtMainStreet = true },
        new("/attachments/{id:guid}", $"/attachments/{Row}") { Permission = "referrals.referral.read", AtMainStreet = true },
        new("/attachments/{id:guid}/open", $"/attachments/{Row}/open") { Permission = "referrals.referral.read", AtMainStreet = true },
        new("/indicators/dashboards/edit/{id:guid?}", "/indicators/dashboards/edit"),
        new("/indicators/targets/edit/{id:guid?}", "/indicators/targets/edit"),
        new("/indicators/{key}", "/indicators/patients.registrations") { Permission = "patients.patient.read" },
        // Only for whom it is shared with, which is nobody that signs in here.
        new("/indicators/dashboards/{id:guid}", $"/indicators/dashboards/{Row}") { Answer = 404 },
        new("/api/acknowledgements/{kind}/{person:guid}", $"/api/acknowledgements/core.policy/{Row}?key=sample"),
        new("/api/indicators/{key}", "/api/indicators/patients.registrations") { Answer = 404 },
        new("/progress/{id:guid}", $"/progress/{Row}") { Permission = "core.operations.manage" },
        new("/progress/{id:guid}/part", $"/progress/{Row}/part") { Permission = "core.operations.manage" },
        new("/home/widgets/{module}/{widget}", "/home/widgets/core/none") { Answer = 404 },
        new("/slots/{module}/{panel}/{slot}/{id:guid}", $"/slots/core/none/none/{Row}") { Answer = 404 },
    ];
}
