using System.IO.Compression;
using System.Net;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Api;
using Modular.Host.Callers;
using Modular.Host.Installed;
using Modular.Host.Rights;
using Modular.Host.Slots;
using Modular.Sdk;
using Modular.Tests.Api;
using Modular.Tests.Bus;
using Modular.Tests.Frame;
using Modular.Tests.Harness;

namespace Modular.Tests.Security;

/// <summary>
/// Patient access is the host's. Walks every GET of the running host (pages, fragments, panels, tiles, prints, files, spreadsheets, API), found
/// by itself, with patients of whom every known text is a word that stands nowhere else: whoever is shown one is in the access log with that
/// patient, and of a restricted chart nobody is shown anything who has not said why.
/// </summary>
public sealed class PatientAccessTests : IAsyncLifetime
{
    /// <summary>Asks for a print page as a file.</summary>
    private const string Pdf = "pdf=1";

    private readonly List<string> faults = [];
    private IReadOnlyDictionary<string, Sample> samples = null!;
    private PatientFacts facts = null!;
    private TestHost host = null!;
    private string[] permissions = [];

    public async ValueTask InitializeAsync()
    {
        host = await TestHost.StartAsync();
        permissions = [.. RolePermissions.Declared(host.Services.GetRequiredService<InstalledModules>(), host.North).Select(p => p.Id)];
        samples = await EndpointSamples.PlantAllAsync(host);
        facts = new(host.North);
        await facts.PlantAsync();
        await RestrictAsync("false");
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Whoever_is_shown_a_patient_is_in_the_access_log_with_that_patient()
    {
        using var main = await NosyAsync(TestHost.NorthMain);
        using var lake = await NosyAsync(TestHost.NorthLake);
        var shown = await WalkAsync(main, main.Id);
        shown.AddRange(await WalkAsync(lake, lake.Id));
        using var api = await ApiClient.ConnectAsync(host, host.North, permissions, [TestHost.NorthMain]);
        shown.AddRange(await WalkAsync(api));

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        // Were it not so, the test would look at the wrong pages.
        Assert.InRange(facts.Columns, 40, 1000);
        Assert.InRange(shown.Count, 40, 2000);
    }

    [Fact]
    public async Task Nothing_of_a_restricted_chart_is_shown_to_whoever_may_not_open_it_nor_to_any_program()
    {
        await RestrictAsync("true");
        using var nosy = await NosyAsync(TestHost.NorthMain);
        using var api = await ApiClient.ConnectAsync(host, host.North, permissions, [TestHost.NorthMain]);
        var shown = (await WalkAsync(nosy, nosy.Id)).Select(url => $"{url}, to somebody with every right but this one")
            .Concat((await WalkAsync(api)).Select(url => $"{url}, to a program")).ToList();
        foreach (var role in Roles.All.Where(r => !OpensRestricted(r)))
        {
            shown.AddRange((await WalkAsAsync(role)).Select(url => $"{url}, to the role {role}"));
        }

        Assert.True(shown.Count == 0, string.Join('\n', shown));
    }

    [Fact]
    public async Task Whoever_may_open_a_restricted_chart_finds_it_and_sees_nothing_else_of_it_before_they_said_why()
    {
        await RestrictAsync("true");
        foreach (var role in Roles.All.Where(OpensRestricted))
        {
            var shown = await WalkAsAsync(role);

            Assert.True(faults.Count == 0, $"As {role}:\n{string.Join('\n', faults)}");
            Assert.All(shown, url => Assert.Matches("^/(patients|search)(\\?|$)", url));
            Assert.NotEmpty(shown);
        }
    }

    /// <summary>The rows of both have the same ids; only one has the facts.</summary>
    [Fact]
    public async Task Nothing_of_a_patient_is_shown_at_a_practice_with_the_same_ids()
    {
        using var owner = await host.SignInAsync(host.South, Roles.Owner);
        using var api = await ApiClient.ConnectAsync(host, host.South, permissions, null);
        var answers = (await AnswersAsync(owner.Http, Addresses(false))).Concat(await AnswersAsync(api.Http, Addresses(true), api.Token)).ToList();

        Assert.Equal([], answers.Where(a => PatientFacts.In(a.Answer)).Select(a => a.Url));
        Assert.InRange(answers.Count(a => a.Answer.Contains(new SampleRows(host.South).Mark, StringComparison.Ordinal)), 20, 1000);
    }

    [Fact]
    public async Task A_confidential_way_stands_in_the_place_of_every_other_number_and_address()
    {
        // The patient's own, and beside it the one they asked for.
        await host.North.AskAsync<long>($"""
            with own as (update patients.patients set mobile_phone = '7778880001', home_phone = '7778880002', work_phone = '7778880003', email = 'zqhome@example.com',
                    address = 'Zqhome 1', address2 = 'Zqhome 2', city = 'Zqhome', county = 'Zqhome', state = 'MA', zip = '01101' where id = any('{Ids}') returning id)
            select count(*) from own
            """);
        await host.North.AskAsync<long>("with gone as (delete from patients.addresses returning 1) select count(*) from gone");
        await host.North.AskAsync<long>("""
            with secret as (insert into patients.addresses (id, patient_id, kind, phone, from_date)
                select gen_random_uuid(), id, 'confidential', '7775550009', '2020-01-01' from patients.patients returning 1)
            select count(*) from secret
            """);
        using var nosy = await NosyAsync(TestHost.NorthMain);
        using var api = await ApiClient.ConnectAsync(host, host.North, permissions, [TestHost.NorthMain]);
        var (own, secret) = (new List<string>(), 0);
        // Where the patient's own are kept up, compared or handed out as the whole record, they are what the page is about.
        foreach (var (url, answer) in (await AnswersAsync(nosy.Http, Addresses(false))).Concat(await AnswersAsync(api.Http, Addresses(true), api.Token)))
        {
            secret += answer.Contains("555-0009", StringComparison.Ordinal) || answer.Contains("7775550009", StringComparison.Ordinal) ? 1 : 0;
            if ((answer.Contains("Zqhome", StringComparison.OrdinalIgnoreCase) || answer.Contains("777888", StringComparison.Ordinal) || answer.Contains("(777) 888", StringComparison.Ordinal))
                && !System.Text.RegularExpressions.Regex.IsMatch(url, "^/patients/(charts/[^/]+/edit|merges/merge|retention/[^/]+/export)"))
            {
                own.Add(url);
            }
        }

        Assert.True(own.Count == 0, string.Join('\n', own));
        Assert.InRange(secret, 5, 1000);
    }

    [Fact]
    public async Task Values_in_the_access_log_are_a_look_at_their_patient_also_when_nobody_knows_the_name()
    {
        var gone = Guid.CreateVersion7();
        await host.North.AskAsync<long>($$"""
            with entry as (insert into audit.entries (id, at, log, person_name, correlation_id, module, place, what, table_name, row_id, patient_ids)
                    values ('{{gone}}', now(), 'change', 'somebody', gen_random_uuid(), 'patients', 'x', 'changed', 'patients', '{{gone}}', array['{{gone}}'::uuid]) returning id),
                told as (insert into audit.entry_values (entry_id, patient_id, salt, body) select id, '{{gone}}', '\x00', '{"last_name": ["zQfact", "zQfact2"]}' from entry returning 1)
            select count(*) from told
            """);
        using var officer = await host.SignInAsync(host.North, Roles.Owner);

        Assert.Contains("zQfact2", (await officer.PageAsync($"/admin/audit?row={gone}")).Body!.TextContent, StringComparison.Ordinal);

        Assert.Equal(1L, await host.North.AskAsync<long>($"select count(*) from audit.entries where log = 'access' and what = 'access log' and patient_ids @> array['{gone}'::uuid]"));
    }

    [Fact]
    public async Task A_reason_opens_the_chart_to_the_person_who_gave_it_and_the_reason_is_in_the_access_log()
    {
        await RestrictAsync("true");
        var patient = facts.Patients[0];
        using var nurse = await host.SignInAsync(host.North, Roles.Nurse);
        using var shut = await nurse.GetAsync($"/patients/charts/{patient}");
        Assert.Equal($"/patients/charts/{patient}/unlock?returnUrl=%2Fpatients%2Fcharts%2F{patient}", shut.Headers.Location!.ToString());
        var page = await nurse.PageAsync(shut.Headers.Location.ToString());
        using var opened = await nurse.SubmitAsync(page, $"form[action='/patients/charts/{patient}/unlock']", ("Reason", "On the phone now"));

        Assert.Equal($"/patients/charts/{patient}", opened.Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.OK, (await nurse.GetAsync($"/patients/charts/{patient}")).StatusCode);
        Assert.Equal(1L, await host.North.AskAsync<long>($"select count(*) from audit.entries where what = 'chart' and reason = 'On the phone now' and patient_ids = array['{patient}'::uuid]"));
    }

    private string Ids => "{" + string.Join(',', facts.Patients) + "}";

    private async Task RestrictAsync(string restricted)
    {
        await host.North.AskAsync<long>($"with changed as (update patients.patients set restricted = {restricted} returning 1) select count(*) from changed");
        host.ForgetCharts(host.North);
    }

    private Task<Guid> PersonAsync(string role) => host.North.AskAsync<Guid>($"select person_id from core.person_roles r join core.people p on p.id = r.person_id where preset = '{role}' and not all_locations limit 1");

    private bool OpensRestricted(string role) =>
        RolePermissions.PresetHas(role, RolePermissions.Declared(host.Services.GetRequiredService<InstalledModules>(), host.North).Single(p => p.Id == "patients.patient.open-restricted"));

    private async Task<List<string>> WalkAsAsync(string role)
    {
        using var client = await host.SignInAsync(host.North, role, [TestHost.NorthMain]);
        return await WalkAsync(client.Http, Addresses(false), null, await PersonAsync(role));
    }

    /// <summary>Every right there is, but the one to open restricted charts, at one location.</summary>
    private async Task<Walker> NosyAsync(Guid location)
    {
        var name = $"nosy.{Guid.NewGuid():N}"[..20];
        var person = await host.People.AddAsync(host.North, name, [Roles.FrontDesk], [location]);
        var role = Guid.CreateVersion7();
        await host.North.AskAsync<long>($"""
            with made as (insert into core.roles (id, name) values ('{role}', '{name}') returning id),
                granted as (insert into core.role_grants (id, role_id, permission, granted)
                    select gen_random_uuid(), made.id, p, true from made, unnest('{"{" + string.Join(',', permissions.Where(p => !p.EndsWith(".open-restricted", StringComparison.Ordinal))) + "}"}'::text[]) p),
                held as (insert into core.person_roles (id, person_id, role_id) select gen_random_uuid(), '{person.Id}', id from made)
            select count(*) from made
            """);
        var client = new Walker(host.Address, host.North.Row.Slug + ".localhost", person.Id);
        using var signedIn = await TestPeople.SignInAsync(client.Client, person.UserName!);
        return client;
    }

    private async Task<List<string>> WalkAsync(Walker walker, Guid person) => await WalkAsync(walker.Http, Addresses(false), null, person);

    private async Task<List<string>> WalkAsync(ApiClient api) => await WalkAsync(api.Http, Addresses(true), api.Token, api.Program.Id);

    /// <summary>Addresses that showed a fact; one without an entry for this person and a patient is a fault.</summary>
    private async Task<List<string>> WalkAsync(HttpClient http, IEnumerable<string> addresses, string? token, Guid person)
    {
        var shown = new List<string>();
        var noted = await NotedAsync(person);
        foreach (var url in addresses)
        {
            var answer = await AnswerAsync(http, url, token);
            var now = await NotedAsync(person);
            if (PatientFacts.In(answer))
            {
                shown.Add(url);
                if (now == noted)
                {
                    faults.Add($"{url} shows a patient and notes nothing.");
                }
            }

            noted = now;
        }

        return shown;
    }

    private static async Task<List<(string Url, string Answer)>> AnswersAsync(HttpClient http, IEnumerable<string> addresses, string? token = null)
    {
        var answers = new List<(string, string)>();
        foreach (var url in addresses)
        {
            answers.Add((url, await AnswerAsync(http, url, token)));
        }

        return answers;
    }

    private static async Task<string> AnswerAsync(HttpClient http, string url, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Authorization = token is null ? null : new("Bearer", token);
        // Headers first: the live stream never ends.
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        switch (response.Content.Headers.ContentType?.MediaType)
        {
            case "text/event-stream":
                return "";
            case "application/zip":
                return Unpacked(await response.Content.ReadAsByteArrayAsync());
            case "application/pdf" when url.EndsWith(Pdf, StringComparison.Ordinal):
                return string.Join(' ', PdfText.Pages(await response.Content.ReadAsByteArrayAsync()).Select(page => page.Text));
        }

        var page = await response.Content.ReadAsStringAsync();
        // A print page has a second form.
        return page.Contains("data-paper", StringComparison.Ordinal) ? page + await AnswerAsync(http, url + (url.Contains('?', StringComparison.Ordinal) ? "&" : "?") + Pdf, token) : page;
    }

    private static string Unpacked(byte[] zip)
    {
        using var archive = new ZipArchive(new MemoryStream(zip), ZipArchiveMode.Read);
        return string.Join(' ', archive.Entries.Select(entry =>
        {
            using var text = new StreamReader(entry.Open());
            return $"{entry.FullName} {text.ReadToEnd()}";
        }));
    }

    /// <summary>Every GET with its planted row, with and without a question; every panel about every patient, and every tile.</summary>
    private IEnumerable<string> Addresses(bool api)
    {
        var endpoints = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("GET") == true && e.Metadata.GetMetadata<ApiMetadata>() is not null == api);
        foreach (var endpoint in endpoints)
        {
            var route = EndpointSamples.Plain(endpoint.RoutePattern.RawText!);
            var sample = samples.GetValueOrDefault(route);
            var row = endpoint.Metadata.GetMetadata<IModuleMetadata>()?.ModuleId == "patients" ? "f1" : "f2";
            var url = facts.Url(sample?.Url ?? route.Replace("{id:guid}", $"00000000-0000-7000-8000-0000000000{row}", StringComparison.Ordinal));
            if (url.Contains('{', StringComparison.Ordinal))
            {
                continue;
            }

            yield return url;
            var question = url.Contains('?', StringComparison.Ordinal) ? "&" : "?";
            // A picker or a form that opens for somebody: an address may name the patient where the sample's does not.
            foreach (var named in Subjects(endpoint).Where(name => !url.Contains($"{name}=", StringComparison.Ordinal) && !route.Contains($"{{{name}", StringComparison.Ordinal)))
            {
                foreach (var patient in facts.Patients)
                {
                    yield return $"{url}{question}{named}={patient}";
                }
            }

            yield return $"{url}{question}q={PatientFacts.Asked}&patientName={PatientFacts.Asked}&show=restricted&team=all&view=all&location={TestHost.NorthMain}";
        }

        if (!api)
        {
            yield return $"/files/{facts.File}";
        }

        var modules = host.Services.GetRequiredService<InstalledModules>().WithCore;
        foreach (var panel in api ? [] : modules.SelectMany(m => m.Declared.Slots.Select(s => new PlacedPanel(m, s))))
        {
            foreach (var id in facts.Patients.Append(Guid.Parse("00000000-0000-7000-8000-0000000000f2")))
            {
                yield return panel.Url(new(panel.Declared.Slot, id));
            }
        }

        foreach (var tile in api ? [] : modules.SelectMany(m => m.Declared.Widgets.Select(w => new PlacedWidget(m, w))))
        {
            yield return tile.Url;
        }
    }

    private static IEnumerable<string> Subjects(RouteEndpoint endpoint) => (endpoint.Metadata.GetMetadata<ControllerActionDescriptor>()?.Parameters ?? []).OfType<ControllerParameterDescriptor>()
        .Where(p => p.ParameterInfo.IsDefined(typeof(PatientAttribute), false)).Select(p => p.Name);

    private Task<long> NotedAsync(Guid person) => host.North.AskAsync<long>($"""
        select count(*) from audit.entries e where log = 'access' and person_id = '{person}' and audit.patients_of(e.patient_ids, e.list_digest) && '{Ids}'::uuid[]
        """);

    private sealed class Walker(Uri address, string name, Guid id) : IDisposable
    {
        public TestClient Client { get; } = new(address, name);

        public Guid Id => id;

        public HttpClient Http => Client.Http;

        public void Dispose() => Client.Dispose();
    }
}
