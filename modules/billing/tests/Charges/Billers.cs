using AngleSharp.Html.Dom;
using Modular.Tests.Harness;

namespace Modular.Tests.Billing.Charges;

/// <summary>What charges are made of in a test: patients, providers, codes with prices, encounters. Each test has rows of its own.</summary>
internal static class Billers
{
    public const string Visit = "Q9901", Drug = "Q9902", Unpriced = "Q9903";

    public static async Task SqlAsync(TestHost host, string sql)
    {
        await using var command = host.North.Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Codes and prices that every test here uses, once.</summary>
    public static async Task CodesAsync(TestHost host)
    {
        await SqlAsync(host, $"""
            insert into billing.entities (id, version, name, main, fiscal_month, active)
            select '00000000-0000-7000-8000-0000000000b8', 1, 'Group of the tests', true, 1,
                true where not exists (select from billing.entities where main) on conflict do nothing;
            insert into billing.codes (id, system, code, short_name, long_name, valid_from, valid_to, find) values
                (gen_random_uuid(), 'hcpcs', '{Visit}', 'Visit of a test', 'Visit of a test', '2020-01-01', null, ' visit of a test'),
                (gen_random_uuid(), 'hcpcs', '{Drug}', 'Drug of a test', 'Drug of a test', '2020-01-01', null, ' drug of a test'),
                (gen_random_uuid(), 'hcpcs', '{Unpriced}', 'Unpriced service', 'Unpriced service', '2020-01-01', null, ' unpriced service'),
                (gen_random_uuid(), 'modifier', '25', 'Separate visit', 'Separate visit', '2020-01-01', null, ' separate visit'),
                (gen_random_uuid(), 'modifier', '59', 'Distinct service', 'Distinct service', '2020-01-01', null, ' distinct service'),
                (gen_random_uuid(), 'hcpcs', 'Q9904', 'Ended service', 'Ended service', '2020-01-01', '2025-12-31', ' ended service'),
                (gen_random_uuid(), 'icd10cm', 'Z9911', 'First finding', 'First finding', '2020-01-01', null, ' first finding'),
                (gen_random_uuid(), 'icd10cm', 'Z9912', 'Second finding', 'Second finding', '2020-01-01', null, ' second finding')
            on conflict do nothing;
            insert into billing.fee_schedules (id, name, kind, valid_from) values ('00000000-0000-7000-8000-0000000000b9', 'Charges of the tests', 'charge', '2020-01-01') on conflict do nothing;
            insert into billing.fees (id, schedule_id, code, amount) values
                (gen_random_uuid(), '00000000-0000-7000-8000-0000000000b9', '{Visit}', 128), (gen_random_uuid(),
                    '00000000-0000-7000-8000-0000000000b9', '{Drug}', 6.5)
            on conflict do nothing
            """);
    }

    public static async Task<Guid> ProviderAsync(TestHost host, string name = "Dr. Vale")
    {
        var id = Guid.CreateVersion7();
        await SqlAsync(host, $"insert into billing.providers (id, version, name, active) values ('{id}', 1, '{name} {id.ToString("N")[^4..]}', true)");
        return id;
    }

    public static async Task<Guid> PatientAsync(TestHost host, string name = "Vale, Ada")
    {
        var id = Guid.CreateVersion7();
        await SqlAsync(host, $"insert into billing.patients (id, version, record_number, name, birth_date, sex, active, find) values ('{id}', 1, '{id.ToString("N")[^8..]}', '{name}', '1980-01-01', 'F', true, ' {name.ToLowerInvariant()}')");
        return id;
    }

    /// <summary>A kept visit that is to be charged.</summary>
    public static async Task<Guid> EncounterAsync(TestHost host, Guid? patient = null, string day = "2026-06-10", Guid? place = null)
    {
        await CodesAsync(host);
        var (id, provider, who) = (Guid.CreateVersion7(), await ProviderAsync(host), patient ?? await PatientAsync(host));
        await SqlAsync(host, $"""
            insert into billing.encounters (id, location_id, zone, entity_id, patient_id, patient_name, visit_id, source, service_from, service_to, what, place_of_service, rendering_id, rendering, due_on)
            select '{id}', '{place ?? TestHost.NorthMain}', 'America/New_York', id, '{who}', 'Vale, Ada', gen_random_uuid(), 'visit', '{day}',
                '{day}', 'Follow-up', '11', '{provider}', 'Dr. Vale', '2026-06-13'
            from billing.entities where main
            """);
        return id;
    }

    /// <summary>Fills the superbill as it stands and sends it.</summary>
    public static async Task<HttpResponseMessage> EnterAsync(TestClient person, Guid encounter, params (string, string)[] typed) =>
        await person.SubmitAsync(await person.PageAsync($"/billing/superbill/{encounter}"), "form#superbill", typed);

    public static Task<string> StateAsync(TestHost host,
        Guid encounter) => host.North.AskAsync<string>($"select state from billing.encounters where id = '{encounter}'");

    public static async Task<string> ErrorsAsync(HttpResponseMessage answer) =>
        (await TestClient.ParseAsync(await answer.Content.ReadAsStringAsync())).QuerySelector(".errors")?.TextContent ?? $"{(int)answer.StatusCode}";

    public static string Value(IHtmlDocument page, string name) => ((IHtmlInputElement)page.QuerySelector($"[name='{name}']")!).Value;
}
