using System.Net;
using System.Text;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Modular.Billing.Codes;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Billing;

/// <summary>Editions of code sets through the page, the bus taking them over. A practice of its own: an edition is about all codes of its set.</summary>
public sealed class CodeLoadTests : IAsyncLifetime
{
    private static readonly DateOnly First = new(2025, 10, 1), Second = new(2026, 10, 1);
    private TestHost host = null!;
    private TestClient manager = null!;

    public async ValueTask InitializeAsync()
    {
        host = await TestHost.StartAsync();
        await host.North.UntilAsync("select count(*) from bus.subscriptions where queue like 'billing.%' and alias = 'patients.payer-changed.v1'", 1L);
        manager = await host.SignInAsync(host.North, Roles.Manager);
    }

    public async ValueTask DisposeAsync()
    {
        manager.Dispose();
        await host.DisposeAsync();
    }

    [Fact]
    public async Task A_new_edition_begins_what_is_new_ends_what_is_gone_and_keeps_what_says_the_same_and_twice_it_changes_nothing()
    {
        await LoadedAsync("icd10cm", First, Diagnoses(("A00", "0", "Cholera"), ("A000", "1", "Cholera, biovar cholerae"), ("A009", "1", "Cholera, unspecified")));
        var second = Diagnoses(("A00", "0", "Cholera"), ("A000", "1", "Cholera due to biovar cholerae"), ("A001", "1", "Cholera, biovar eltor"));
        await LoadedAsync("icd10cm", Second, second);

        await using var rows = new BillingRows(host);
        string[] after =
        [
            "A00 Cholera 2025-10-01 -", "A000 Cholera, biovar cholerae 2025-10-01 2026-09-30", "A000 Cholera due to biovar cholerae 2026-10-01 -",
            "A001 Cholera, biovar eltor 2026-10-01 -", "A009 Cholera, unspecified 2025-10-01 2026-09-30",
        ];
        Assert.Equal(after, await StoredAsync(rows));
        Assert.Equal("1 1 1", await host.North.AskAsync<string>("select format('%s %s %s', added, changed, ended) from billing.code_loads where effective_on = '2026-10-01'"));
        Assert.Equal(0L, await host.North.AskAsync<long>("select count(*) from billing.code_lines"));

        var again = await SendAsync("icd10cm", Second, second);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.StatusCode);
        Assert.Contains("This very file was loaded before.", await again.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(after, await StoredAsync(rows));

        var lookup = new CodeLookup(rows.Db);
        Assert.Equal("Cholera, biovar cholerae", (await lookup.FindAsync("icd10cm", "A00.0", new(2026, 9, 30)))!.LongName);
        Assert.Equal("Cholera due to biovar cholerae", (await lookup.FindAsync("icd10cm", "a000", new(2026, 10, 1)))!.LongName);
        CodeOnDay[] asked =
        [
            new("icd10cm", "A00.1", Second), new("icd10cm", "A001", First), new("icd10cm", "A00", First), new("icd10cm", "Z99", First), new("cpt", "99213", First), new("place", "11", First),
        ];
        var said = await lookup.CheckAsync(asked);
        Assert.Equal([CodeValidity.Valid, CodeValidity.NotOnDay, CodeValidity.Heading, CodeValidity.Unknown, CodeValidity.NotLoaded, CodeValidity.Valid], asked.Select(a => said[a]));
    }

    [Fact]
    public async Task A_corrected_file_of_the_same_day_writes_over_and_an_older_edition_after_a_newer_one_is_refused()
    {
        await LoadedAsync("icd10cm", Second, Diagnoses(("B00", "1", "Herpesvirl infections"), ("B01", "1", "A mistake")));
        await LoadedAsync("icd10cm", Second, Diagnoses(("B00", "1", "Herpesviral infections")));

        await using var rows = new BillingRows(host);
        Assert.Equal(["B00 Herpesviral infections 2026-10-01 -"], await StoredAsync(rows));
        var older = await SendAsync("icd10cm", First, Diagnoses(("B00", "1", "Herpes")));
        Assert.Contains("The edition of 10/01/2026 is loaded already.", await older.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bad_line_is_named_with_its_number_and_nothing_of_the_file_is_kept()
    {
        var answer = await SendAsync("icd10cm", First, Diagnoses(("C00", "1", "Lip")) + "\nno line of this file\n");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains("Line 2: this is no line of the ICD-10-CM order file", page, StringComparison.Ordinal);
        Assert.Contains("Nothing was loaded.", page, StringComparison.Ordinal);
        Assert.Equal(0L, await host.North.AskAsync<long>("select (select count(*) from billing.code_lines) + (select count(*) from billing.code_loads)"));
        Assert.Contains("this is a ZIP file", await (await SendAsync("icd10cm", First, "PK\u0003\u0004rest")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("A00 stands in the file twice", System.Net.WebUtility.HtmlDecode(await (await SendAsync("icd10cm", First, Diagnoses(("A00", "1", "x"), ("A00", "1", "y")))).Content.ReadAsStringAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Modifiers_of_cpt_outlive_an_edition_of_hcpcs_and_the_other_way_around()
    {
        await LoadedAsync("cpt", new(2026, 1, 1), "code,short\n25,Separate evaluation\n99213,Office visit\n");
        await LoadedAsync("hcpcs", new(2026, 1, 1), CodeFileTests.Hcpcs("   GA", "7", "Waiver of liability", "Waiver", "19950101", "") + "\n" + CodeFileTests.Hcpcs("   GX", "7", "Notice", "Notice", "20100401", ""));
        await LoadedAsync("hcpcs", new(2026, 4, 1), CodeFileTests.Hcpcs("   GA", "7", "Waiver of liability", "Waiver", "19950101", ""));
        await LoadedAsync("cpt", new(2027, 1, 1), "code,short\n59,Distinct procedure\n99213,Office visit\n");

        Assert.Equal("25 2026-01-01 2026-12-31|59 2027-01-01 |GA 1995-01-01 |GX 2010-04-01 2026-03-31", await host.North.AskAsync<string>("""
            select string_agg(format('%s %s %s', code, valid_from, valid_to), '|' order by code) from billing.codes where system = 'modifier'
            """));
    }

    [Fact]
    public async Task A_part_of_ncci_ends_nothing_of_another_part_and_a_pair_that_the_next_quarter_lacks_ends()
    {
        await LoadedAsync("ncci", new(2026, 1, 1), Pair("10021", "10004", "20200101") + Pair("10021", "36000", "20200101"));
        await LoadedAsync("ncci", new(2026, 1, 1), Pair("99213", "36415", "20200101") + Pair("99213", "36416", "20100101", "20191231"));
        await LoadedAsync("ncci", new(2026, 4, 1), Pair("10021", "10004", "20200101") + Pair("10021", "10005", "20260401"));

        await using var rows = new BillingRows(host);
        Assert.Equal(
            ["10021 10004 2020-01-01 -", "10021 10005 2026-04-01 -", "10021 36000 2020-01-01 2026-03-31", "99213 36415 2020-01-01 -", "99213 36416 2010-01-01 2019-12-31"],
            (await rows.Db.NcciPairs.AsNoTracking().OrderBy(p => p.Column1).ThenBy(p => p.Column2).ToListAsync()).Select(p => $"{p.Column1} {p.Column2} {p.ValidFrom:yyyy-MM-dd} {Day(p.ValidTo)}"));
    }

    [Fact]
    public async Task More_than_a_step_of_lines_is_taken_over_whole_and_the_progress_says_so()
    {
        var all = Enumerable.Range(0, 26 * 10 * 10 * 16).Select(i => ($"{(char)('A' + (i / 1600))}{i / 160 % 10}{i / 16 % 10}{i % 16:X}", "1", $"Diagnosis {i}")).ToArray();
        var page = await LoadedAsync("icd10cm", First, Diagnoses(all));

        Assert.Equal(41_600L, await host.North.AskAsync<long>("select count(*) from billing.codes where system = 'icd10cm' and valid_to is null"));
        Assert.Contains("41,600 added, 0 changed, 0 ended.", (await manager.PageAsync(page)).Body!.TextContent, StringComparison.Ordinal);
        await LoadedAsync("icd10cm", Second, Diagnoses(all[..^1]));
        Assert.Equal("0 0 1", await host.North.AskAsync<string>("select format('%s %s %s', added, changed, ended) from billing.code_loads where effective_on = '2026-10-01'"));
    }

    [Fact]
    public async Task Relative_values_and_unit_limits_are_shown_with_the_code_and_make_a_schedule()
    {
        await LoadedAsync("pprrvu", new(2026, 1, 1), CodeFileTests.RelativeValues("99213,,Office visit,A,,1.30,1.33,,0.55,,0.10,2.73,1.95,0,XXX,0.00,0.00,0.00,0,0,0,0,0,,33.2875"));
        await LoadedAsync("mue", new(2026, 1, 1), "HCPCS/CPT Code,MUE Values,MUE Adjudication Indicator,MUE Rationale\n99213,2,3 Date of Service Edit: Clinical,Clinical: Data\n");
        await LoadedAsync("cpt", new(2026, 1, 1), "code,short description,long description\n99213,Office visit,Office visit of an established patient\n");
        var id = await host.North.AskAsync<Guid>("select id from billing.codes where code = '99213'");

        var shown = (await manager.PageAsync($"/billing/codes/{id}")).Body!.TextContent;
        Assert.Contains("$90.87", shown, StringComparison.Ordinal);
        Assert.Contains("XXX", shown, StringComparison.Ordinal);
        await manager.SubmitAsync(await manager.PageAsync("/billing/fees/medicare"), "form.form", ("Name", "Half more"), ("Factor", "1.5"), ("ValidFrom", "2026-01-01"));
        Assert.Equal("136.31 97.37", await host.North.AskAsync<string>("""
            select string_agg(f.amount::text, ' ' order by f.facility) from billing.fees f join billing.fee_schedules s on s.id = f.schedule_id where s.name = 'Half more'
            """));
    }

    private static string Diagnoses(params (string Code, string Flag, string Name)[] lines) =>
        string.Join('\n', lines.Select((l, i) => CodeFileTests.Order(i, l.Code, l.Flag, l.Name, l.Name)));

    private static string Pair(string one, string two, string from, string to = "*") => $"{one}\t{two}\t\t{from}\t{to}\t1\tMisuse\n";

    private static string Day(DateOnly? day) => day is { } d ? $"{d:yyyy-MM-dd}" : "-";

    private static async Task<string[]> StoredAsync(BillingRows rows) =>
        [.. (await rows.Db.Codes.AsNoTracking().Where(c => c.System == "icd10cm").OrderBy(c => c.Code).ThenBy(c => c.ValidFrom).ToListAsync()).Select(c => $"{c.Code} {c.LongName} {c.ValidFrom:yyyy-MM-dd} {Day(c.ValidTo)}")];

    /// <summary>Loads a file and waits until it is taken over; gives the address of its page.</summary>
    private async Task<string> LoadedAsync(string kind, DateOnly day, string text)
    {
        var answer = await SendAsync(kind, day, text);
        Assert.True(answer.StatusCode == HttpStatusCode.Redirect, await answer.Content.ReadAsStringAsync());
        await host.North.UntilAsync("select count(*) from billing.code_loads where ended_at is null", 0L, seconds: 120);
        return answer.Headers.Location!.ToString();
    }

    private async Task<HttpResponseMessage> SendAsync(string kind, DateOnly day, string text)
    {
        var page = await manager.PageAsync("/billing/codes/load");
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in FormFields.Of((IHtmlFormElement)page.QuerySelector("form[data-guard]")!).Where(f => !f.Key.StartsWith("Form.", StringComparison.Ordinal)))
        {
            form.Add(new StringContent(value), name);
        }

        form.Add(new StringContent(kind), "Form.Kind");
        form.Add(new StringContent($"{day:MM/dd/yyyy}"), "Form.EffectiveOn");
        form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(text)), "Form.File", "edition.txt");
        return await manager.Http.PostAsync("/billing/codes/load", form);
    }
}
