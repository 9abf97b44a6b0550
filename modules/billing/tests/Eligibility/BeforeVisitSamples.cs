using Modular.Tests.Harness;

namespace Modular.Tests.Security;

/// <summary>Pages of eligibility and authorizations.</summary>
public sealed class BeforeVisitSamples : EndpointSamples
{
    private static readonly Guid Row = Guid.Parse("00000000-0000-7000-8000-0000000000b7");

    public override Task PlantAsync(SampleRows rows) => rows.RunAsync("""
        insert into billing.patients (id, version, record_number, name, birth_date, sex, active, find) values (@row, 1, 'B-7', @mark, '1980-01-01', 'F', true, ' ' || lower(@mark));
        insert into billing.payers (id, version, name, claim_filing_code, active) values (@row, 1, @mark, 'CI', true);
        insert into billing.visits (id, version, patient_id, location_id, provider_id, provider, type, starts_at, day, status)
            values (@row, 1, @row, @place, @row, @mark, 'Follow-up', now() + interval '1 day', current_date + 1, 'booked');
        insert into billing.eligibility_files (id, sha256, name, taken_at, taken_by, answers, unknown) values (@row, repeat('b', 64), @mark, now(), @mark, 1, 0);
        insert into billing.eligibility_questions (id, coverage_id, patient_id, day, state, asked_at, asked_by, sent_at)
            values (@row, @row, @row, current_date, 'answered', now(), @mark, now());
        insert into billing.eligibility_answers (id, question_id, file_id, coverage_id, patient_id, day, answered_at, state, plan, benefits, raw)
            values (@row, @row, @row, @row, @row, current_date, now(), 'active', @mark, '[]', @mark);
        insert into billing.authorization_needs (id, payer_id, kind, source) values (@row, @row, 'authorization', @mark);
        insert into billing.authorizations (id, patient_id, patient_name, payer_id, payer, kind, what, due_on) values (@row, @row, @mark, @row, @mark, 'authorization', @mark, current_date)
        """, ("row", Row), ("place", TestHost.NorthMain));

    public override IEnumerable<Sample> All =>
    [
        new("/billing/eligibility/{id:guid}", $"/billing/eligibility/{Row}"),
        new("/billing/eligibility/ask/{patient:guid}", $"/billing/eligibility/ask/{Row}"),
        new("/billing/authorizations/edit/{patient:guid}/{id:guid?}", $"/billing/authorizations/edit/{Row}/{Row}"),
        new("/billing/authorizations/edit-need/{id:guid?}", $"/billing/authorizations/edit-need/{Row}"),
    ];
}
