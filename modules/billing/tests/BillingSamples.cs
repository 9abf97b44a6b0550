using Modular.Tests.Harness;

namespace Modular.Tests.Security;

/// <summary>Pages of the billing module.</summary>
public sealed class BillingSamples : EndpointSamples
{
    private static readonly Guid Row = Guid.Parse("00000000-0000-7000-8000-0000000000b1");

    /// <summary>An encounter that the scrubber finds something in: the patient has a plan and no address.</summary>
    private static readonly Guid Found = Guid.Parse("00000000-0000-7000-8000-0000000000b2");

    public override Task PlantAsync(SampleRows rows) => rows.RunAsync("""
        insert into billing.patients (id, version, record_number, name, birth_date, sex, active, find) values (@row, 1, 'B-1', @mark, '1980-01-01', 'F', true, ' ' || lower(@mark));
        insert into billing.providers (id, version, name, active) values (@row, 1, @mark, true);
        insert into billing.codes (id, system, code, short_name, long_name, valid_from, find) values (@row, 'hcpcs', 'G9999', @mark, @mark, '2020-01-01', ' ' || lower(@mark));
        insert into billing.encounters (id, location_id, zone, patient_id, patient_name, source, service_from, service_to, what, place_of_service, due_on)
            values (@row, @place, 'America/New_York', @row, @mark, 'visit', '2026-01-05', '2026-01-05', @mark, '11', '2026-01-08');
        insert into billing.encounters (id, location_id, zone, patient_id, patient_name, source, service_from, service_to, what, place_of_service, due_on)
            values (@found, @place, 'America/New_York', @row, @mark, 'visit', '2026-01-06', '2026-01-06', @mark, '11', '2026-01-09');
        insert into billing.coverages (id, version, patient_id, line, rank, payer_id, payer, member_id, relationship, subscriber_last, effective_from)
            values (@row, 1, @row, 'medical', 1, @row, @mark, @mark, 'self', @mark, '2020-01-01');
        insert into billing.outside_charges (id, location_id, zone, way, sender, outside_id, digest, content, received_at, patient_id, patient, service_on, reason)
            values (@row, @place, 'America/New_York', 'program', @mark, '1', repeat('a', 64), '{"From":"2026-01-05"}', now(), @row, @mark,
                '2026-01-05', @mark);
        insert into billing.claims (id, number, encounter_id, location_id, zone, patient_id, patient_name, entity_id, rendering_id, payer_id, payer, coverage_id, rank, state,
                total, service_from, service_to, due_on)
            values (@row, 'B-1', @row, @place, 'America/New_York', @row, @mark, @row, @row, @row, @mark, @row, 1, 'sent', 10, '2026-01-05', '2026-01-05', '2026-01-06');
        insert into billing.claim_batches (id, payer_id, payer, entity_id, interchange_number, group_number, reference, file, hash, claims, total, made_at, made_by)
            values (@row, @row, @mark, @row, 1, 1, 'B-1', ''::bytea, repeat('a', 64), 1, 10, now(), @mark);
        insert into billing.batch_claims (id, batch_id, claim_id, set_number) values (@row, @row, @row, '0001');
        insert into billing.answer_files (id, name, content, hash, came_at, came_by, state) values (@row, @mark, 'x', repeat('b', 64), now(), @mark, 'read');
        insert into billing.claim_answers (id, file_id, line, claim_number, kind, verdict, words, codes, from_payer, speaker, came_at)
            values (@row, @row, 1, '1', 'acknowledgment', 'open', @mark, 'A4:35', true, @mark, now())
        """, ("row", Row), ("found", Found), ("place", TestHost.NorthMain));

    public override IEnumerable<Sample> All =>
    [
        // Claims
        new("/billing/claims/{id:guid}", $"/billing/claims/{Row}") { AtMainStreet = true },
        new("/billing/claims/{id:guid}/paper", $"/billing/claims/{Row}/paper") { AtMainStreet = true, Answer = 302 },
        new("/billing/claims/{id:guid}/step", $"/billing/claims/{Row}/step") { AtMainStreet = true },
        new("/billing/batches/{id:guid}", $"/billing/batches/{Row}"),
        new("/billing/batches/{id:guid}/file", $"/billing/batches/{Row}/file"),
        // Charges
        new("/billing/superbill/{id:guid}", $"/billing/superbill/{Row}") { AtMainStreet = true },
        new("/billing/superbill/print/{id:guid}", $"/billing/superbill/print/{Row}") { AtMainStreet = true },
        new("/billing/superbill/codes", "/billing/superbill/codes?set=services&Lines[0].Code=mark"),
        new("/billing/encounters/{id:guid}/end", $"/billing/encounters/{Row}/end") { AtMainStreet = true },
        new("/billing/encounters/{id:guid}/reopen", $"/billing/encounters/{Row}/reopen") { AtMainStreet = true },
        new("/billing/scrub/pass/{id:guid}", $"/billing/scrub/pass/{Found}?rule=patient-address") { AtMainStreet = true },
        new("/billing/inbox/{id:guid}", $"/billing/inbox/{Row}") { AtMainStreet = true },
        new("/billing/answers/{id:guid}", $"/billing/answers/{Row}"),
        new("/billing/answers/settle/{id:guid}", $"/billing/answers/settle/{Row}"),
        new("/billing/charges/add", $"/billing/charges/add?patient={Row}"),
        new("/billing/charges/patients", "/billing/charges/patients?patientName=mark"),
        new("/billing/charges/round", $"/billing/charges/round?provider={Row}"),
    ];
}
