using Modular.Tests.Harness;

namespace Modular.Tests.Security;

/// <summary>Pages of billing's setup.</summary>
public sealed class SetUpSamples : EndpointSamples
{
    private static readonly Guid Row = Guid.Parse("00000000-0000-7000-8000-0000000000b5");

    public override Task PlantAsync(SampleRows rows) => rows.RunAsync("""
        insert into billing.payers (id, version, name, claim_filing_code, active) values (@row, 1, @mark, 'CI', true);
        insert into billing.entities (id, version, name, main, fiscal_month, active) values (@row, 1, @mark, false, 1, true);
        insert into billing.providers (id, version, name, active) values (@row, 1, @mark, true);
        insert into billing.places (id, version, name, zone, active) values (@row, 1, @mark, 'America/New_York', true);
        insert into billing.codes (id, system, code, short_name, long_name, valid_from, find) values (@row, 'hcpcs', 'G9998', @mark, @mark, '2020-01-01', ' g9998 ' || lower(@mark));
        insert into billing.fee_schedules (id, name, kind, valid_from) values (@row, @mark, 'charge', '2020-01-01');
        insert into billing.fees (id, schedule_id, code, amount) values (@row, @row, 'G9998', 12);
        insert into billing.payer_rules (id, payer_id, valid_from, filing_unit, filing_count, source) values (@row, @row, '2020-01-01', 'days', 90, @mark);
        insert into billing.own_rules (id, name, severity, sentence, valid_from, codes) values (@row, @mark, 'warning', @mark, '2020-01-01', '{G9998}');
        insert into billing.provider_numbers (id, provider_id, qualifier, number) values (@row, @row, 'G2', @mark);
        insert into billing.enrollments (id, payer_id, entity_id, transaction, state, note) values (@row, @row, @row, '837P', 'to-do', @mark);
        insert into billing.payer_contracts (id, payer_id, products, starts_on, note) values (@row, @row, @mark, '2020-01-01', @mark);
        with work as (
            insert into core.progress (id, title, link, total, started_at, reported_at) values (@row, 'Loading', '/', 1, now(), now()))
        insert into billing.code_loads (id, kind, effective_on, file_name, sha256, lines, work, loaded_at, loaded_by, ended_at)
            values (@row, 'mue', '2020-01-01', @mark, 'x', 1, @row, now(), @mark, now())
        """, ("row", Row));

    public override IEnumerable<Sample> All =>
    [
        new("/billing/codes/{id:guid}", $"/billing/codes/{Row}"),
        new("/billing/codes/load/{id:guid}", $"/billing/codes/load/{Row}"),
        new("/billing/fees/{id:guid}", $"/billing/fees/{Row}"),
        new("/billing/fees/edit/{id:guid?}", $"/billing/fees/edit/{Row}"),
        new("/billing/fees/price/{schedule:guid}/{id:guid?}", $"/billing/fees/price/{Row}/{Row}"),
        new("/billing/fees/copy/{id:guid}", $"/billing/fees/copy/{Row}"),
        new("/billing/payers/edit/{id:guid?}", $"/billing/payers/edit/{Row}"),
        new("/billing/payers/contract/{id:guid?}", $"/billing/payers/contract/{Row}"),
        new("/billing/rules/edit/{id:guid?}", $"/billing/rules/edit/{Row}"),
        new("/billing/identifiers/entity/{id:guid}", $"/billing/identifiers/entity/{Row}"),
        new("/billing/identifiers/provider/{id:guid}", $"/billing/identifiers/provider/{Row}"),
        new("/billing/identifiers/place/{id:guid}", $"/billing/identifiers/place/{Row}"),
        new("/billing/enrollments/add", $"/billing/enrollments/add?payer={Row}&transaction=835"),
        new("/billing/enrollments/edit/{id:guid}", $"/billing/enrollments/edit/{Row}"),
    ];
}
