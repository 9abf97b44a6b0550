using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.People;
using Modular.Host.Rights;
using Modular.Sdk;
using Modular.Tests.Bus;
using Modular.Tests.Harness;

namespace Modular.Tests.People;

/// <summary>
/// Every act upon people, roles, programs and locations, tried by somebody upon what reaches further than they do: in places, in rights, and
/// as an owner. The list of acts is the host's own; one that nobody named here fails the test.
/// </summary>
public sealed class WhoMayChangeWhomTests : IAsyncLifetime
{
    private static readonly string[] Permissions = ["core.people.manage", "core.programs.manage", "core.practice.manage", "core.sign-in.manage"];

    /// <summary>Acts that have no target of their own, with what judges them instead.</summary>
    private static readonly Dictionary<string, string> WithoutTarget = new()
    {
        ["admin/people/invite"] = "somebody new; what is given is judged by Granting",
        ["admin/components"] = "shows what pages are made of and keeps nothing",
        ["admin/practice"] = "the practice's own profile",
        ["admin/staff/edit/{id:guid?}"] = "who works here; it holds no right",
        ["admin/sign-in"] = "judged by its own test below",
    };

    /// <summary>Every table that an act may touch; a session or program that is used changes nothing that counts.</summary>
    private static readonly string[] Tables =
    [
        "person_roles", "person_locations", "person_tokens", "person_passkeys", "person_accounts", "roles", "role_grants", "invitations", "second_factor_removals",
        "programs", "program_secrets", "webhooks", "signing_keys", "locations", "opening_hours", "rooms", "closures",
        "legal_entities", "cost_centres",
    ];

    private readonly Guid closure = Guid.CreateVersion7();
    private readonly Guid hook = Guid.CreateVersion7();
    private readonly Guid program = Guid.CreateVersion7();
    private TestHost host = null!;

    public async ValueTask InitializeAsync()
    {
        host = await TestHost.StartAsync();
        await RunAsync($"""
            insert into core.programs (id, name, scopes, all_locations, requests_per_minute, created_at, created_by)
                values ('{program}', 'Far', '{"{patients.patient.read}"}', true, 100, now(), 'somebody');
            insert into core.webhooks (id, program_id, url, aliases, secret, made_at, made_by)
                values ('{hook}', '{program}', 'https://example.com/', '{"{patients.patient-changed.v1}"}', 'x', now(), 'somebody');
            insert into core.closures (id, from_date, to_date, reason) values ('{closure}', '2026-12-25', '2026-12-25', 'Holiday');
            """);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Theory]
    [InlineData("at all locations")]
    [InlineData("at another location")]
    [InlineData("with more rights")]
    [InlineData("an owner")]
    public async Task Nothing_is_done_to_somebody_who_reaches_further(string how)
    {
        using var near = await host.SignInAsync(host.North, how == "with more rights" ? Roles.Hr : Roles.Manager, how == "with more rights" ? null : [TestHost.NorthLake]);
        var target = await FarAsync(how);
        await TryAllAsync(near, "core.people.manage", Acts(target.Id, await RoleOfAsync(target.Id)));

        var page = await near.PageAsync($"/admin/people/edit/{target.Id}");
        Assert.NotNull(page.QuerySelector("#beyond"));
        Assert.Empty(page.QuerySelectorAll("main form[method=post]"));
    }

    [Theory]
    [InlineData("core.programs.manage")]
    [InlineData("core.practice.manage")]
    public async Task Nothing_is_done_to_a_program_or_a_place_beyond_ones_own(string permission)
    {
        using var near = await host.SignInAsync(host.North, Roles.Manager, [TestHost.NorthLake]);

        await TryAllAsync(near, permission, Acts(Guid.Empty, Guid.Empty));
    }

    [Fact]
    public async Task Every_one_of_these_acts_is_open_to_whoever_reaches_as_far()
    {
        using var owner = await host.SignInAsync(host.North, Roles.Owner);
        var target = await FarAsync("at all locations");
        var acts = Acts(target.Id, await RoleOfAsync(target.Id));
        // The held one is not deleted by anybody.
        var free = Guid.CreateVersion7();
        await RunAsync($"insert into core.roles (id, name) values ('{free}', 'Held by nobody')");
        acts["admin/roles/delete/{id:guid}"] = ($"/admin/roles/delete/{free}", []);
        foreach (var endpoint in Endpoints(Permissions))
        {
            var (url, fields) = acts[endpoint];
            using var answer = await PostAsync(owner, url, fields);
            Assert.True((int)answer.StatusCode < 400, $"{endpoint}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
            Assert.False(Refused(await SaidAsync(owner, answer)), endpoint);
        }
    }

    [Fact]
    public async Task Who_is_who_here_is_decided_by_an_owner_of_all_places_alone()
    {
        await using (var scope = host.Scope(host.North))
        {
            var roles = scope.ServiceProvider.GetRequiredService<CustomRoles>();
            await roles.SaveAsync(new CustomRole { Name = "Identity" }, "Identity", ["core.sign-in.manage"], new HashSet<string> { "core.sign-in.manage" }, default);
        }

        var keeper = await host.People.AddAsync(host.North, "keeper", [], [TestHost.NorthLake]);
        await RunAsync($"insert into core.person_roles (id, person_id, role_id) select gen_random_uuid(), '{keeper.Id}', id from core.roles where name = 'Identity'");
        using var client = host.Client(host.North);
        await TestPeople.SignInAsync(client, keeper.UserName!);

        using var answer = await PostAsync(client, "/admin/sign-in", ("Form.Issuer", "https://login.example.com"), ("Form.ClientId", "x"), ("Form.Button", "Go"), ("Form.Active", "true"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(0L, await host.North.AskAsync<long>("select count(*) from core.sign_in_provider"));
    }

    [Fact]
    public async Task A_manager_of_one_place_still_cares_for_their_own_people()
    {
        using var near = await host.SignInAsync(host.North, Roles.Manager, [TestHost.NorthLake]);
        var nurse = await host.People.AddAsync(host.North, "lake.nurse", [Roles.Nurse], [TestHost.NorthLake]);
        var page = await near.PageAsync($"/admin/people/edit/{nurse.Id}");

        Assert.Equal(HttpStatusCode.OK, (await near.SubmitAsync(page, "form#reset")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await near.SubmitAsync(page, "form#deactivate")).StatusCode);
        Assert.False(await host.North.AskAsync<bool>($"select active from core.people where id = '{nurse.Id}'"));
    }

    [Fact]
    public async Task A_role_of_ones_own_does_not_take_the_name_of_a_preset()
    {
        using var owner = await host.SignInAsync(host.North, Roles.Owner);
        var page = await owner.PageAsync("/admin/roles/edit");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await owner.SubmitAsync(page, "form#role", ("Form.Name", "Front-Desk"))).StatusCode);
    }

    /// <summary>Address and fields of each act, by route; the fields would do harm if they were taken.</summary>
    private Dictionary<string, (string Url, (string, string)[] Fields)> Acts(Guid person, Guid role) => new()
    {
        ["admin/people/edit/{id:guid}"] = ($"/admin/people/edit/{person}",
            [("Form.Name", "Taken"), ("Form.Presets", Roles.FrontDesk), ("Form.AllLocations", "false"), ("Form.Locations", $"{TestHost.NorthLake}")]),
        ["admin/people/edit/{id:guid}/reset"] = ($"/admin/people/edit/{person}/reset", []),
        ["admin/people/edit/{id:guid}/second-factor"] = ($"/admin/people/edit/{person}/second-factor", []),
        ["admin/people/edit/{id:guid}/release"] = ($"/admin/people/edit/{person}/release", []),
        ["admin/people/edit/{id:guid}/end"] = ($"/admin/people/edit/{person}/end", [("day", "t+1"), ("time", "6 pm")]),
        ["admin/people/edit/{id:guid}/deactivate"] = ($"/admin/people/edit/{person}/deactivate", []),
        ["admin/people/edit/{id:guid}/reactivate"] = ($"/admin/people/edit/{person}/reactivate", []),
        ["admin/roles/edit/{id:guid?}"] = ($"/admin/roles/edit/{role}", [("Form.Name", "Taken"), ("Form.Shown", "core.audit.read")]),
        ["admin/roles/delete/{id:guid}"] = ($"/admin/roles/delete/{role}", []),
        ["admin/programs/edit/{id:guid?}"] = ($"/admin/programs/edit/{program}", [("Form.Name", "Taken"), ("Form.Scopes", "patients.patient.read"), ("Form.RequestsPerMinute", "5")]),
        ["admin/programs/edit/{id:guid}/secret"] = ($"/admin/programs/edit/{program}/secret", [("now", "true")]),
        ["admin/programs/webhooks/{program:guid}"] = ($"/admin/programs/webhooks/{program}", [("Form.Url", "https://example.com/x"), ("Form.Aliases", "patients.patient-changed.v1")]),
        ["admin/programs/webhooks/test/{id:guid}"] = ($"/admin/programs/webhooks/test/{hook}", []),
        ["admin/programs/webhooks/resume/{id:guid}"] = ($"/admin/programs/webhooks/resume/{hook}", []),
        ["admin/programs/webhooks/end/{id:guid}"] = ($"/admin/programs/webhooks/end/{hook}", []),
        ["admin/programs/new-key"] = ("/admin/programs/new-key", []),
        ["admin/programs/edit/{id:guid}/revoke"] = ($"/admin/programs/edit/{program}/revoke", []),
        ["admin/locations/edit/{id:guid?}"] = ($"/admin/locations/edit/{TestHost.NorthMain}",
            [("Name", "Taken"), ("Zone", "America/Chicago"), ("Active", "false")]),
        ["admin/locations/closures/add"] = ("/admin/locations/closures/add", [("From", "12/24/2026"), ("Reason", "Taken")]),
        ["admin/locations/closures/{id:guid}/remove"] = ($"/admin/locations/closures/{closure}/remove", []),
        ["admin/entities/edit/{id:guid?}"] = ("/admin/entities/edit", [("Name", "Taken")]),
        ["admin/cost-centres/edit/{id:guid?}"] = ("/admin/cost-centres/edit", [("Code", "1"), ("Name", "Taken")]),
        ["admin/calendar/close"] = ("/admin/calendar/close", [("year", "2034")]),
        ["admin/calendar/open"] = ("/admin/calendar/open", [("year", "2034"), ("holiday", "labor")]),
    };

    private async Task TryAllAsync(TestClient near, string permission, Dictionary<string, (string Url, (string, string)[] Fields)> acts)
    {
        var before = await StateAsync();
        foreach (var endpoint in Endpoints([permission]))
        {
            Assert.True(acts.ContainsKey(endpoint), $"{endpoint} is an act upon people, roles, programs or places that nobody tries here. Judge its target by Authority and name it in this test.");
            var (url, fields) = acts[endpoint];
            using var answer = await PostAsync(near, url, fields);
            var said = await SaidAsync(near, answer);
            Assert.True(Refused(said), $"{endpoint} said: {said[..Math.Min(said.Length, 400)]}");
            Assert.True(before == await StateAsync(), $"{endpoint} changed something.");
        }
    }

    private static bool Refused(string said) =>
        said.Contains("you cannot change", StringComparison.Ordinal) || said.Contains("Only an owner", StringComparison.Ordinal) || said.Contains("some locations only.", StringComparison.Ordinal);

    private IEnumerable<string> Endpoints(string[] permissions) =>
        from endpoint in host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        where endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("POST") == true
        let route = endpoint.RoutePattern.RawText!.Trim('/')
        where permissions.Contains(endpoint.Metadata.GetMetadata<NeedsAttribute>()?.Permission) && !WithoutTarget.ContainsKey(route)
        orderby Order(route)
        select route;

    /// <summary>An end for good comes after everything else, so that an owner can do all of it.</summary>
    private static int Order(string route) => route.Contains("revoke", StringComparison.Ordinal) ? 2 : route.Contains("reactivate", StringComparison.Ordinal) ? 1 : 0;

    /// <summary>The answer's own text, or that of the page it leads to.</summary>
    private static async Task<string> SaidAsync(TestClient client, HttpResponseMessage answer) =>
        answer.StatusCode == HttpStatusCode.Redirect ? (await client.PageAsync(answer.Headers.Location!.ToString())).Body!.TextContent
            : (await TestClient.ParseAsync(await answer.Content.ReadAsStringAsync())).Body!.TextContent;

    private static async Task<HttpResponseMessage> PostAsync(TestClient client, string url, params (string Name, string Value)[] fields)
    {
        var token = FormFields.Of((AngleSharp.Html.Dom.IHtmlFormElement)(await client.PageAsync("/account")).QuerySelector("form#profile")!).Single(f => f.Key == "__RequestVerificationToken");
        return await client.Http.PostAsync(url, new FormUrlEncodedContent([token, .. await VersionAsync(client, url),
            .. fields.Select(f => KeyValuePair.Create(f.Name, f.Value))]));
    }

    /// <summary>Of the row, where whoever acts is shown a form for it: an act upon an older one would be refused for that alone.</summary>
    private static async Task<IEnumerable<KeyValuePair<string, string>>> VersionAsync(TestClient client, string url)
    {
        using var page = await client.GetAsync(url);
        return (await TestClient.ParseAsync(await page.Content.ReadAsStringAsync()))
            .QuerySelectorAll("input[name='Version'], input[name='Form.Version']").OfType<AngleSharp.Html.Dom.IHtmlInputElement>()
            .Select(v => KeyValuePair.Create(v.Name!, v.Value));
    }

    private async Task<Person> FarAsync(string how)
    {
        var person = how switch
        {
            "at all locations" => await host.People.AddAsync(host.North, "far.everywhere", [Roles.FrontDesk]),
            "at another location" => await host.People.AddAsync(host.North, "far.main", [Roles.FrontDesk], [TestHost.NorthMain, TestHost.NorthLake]),
            "with more rights" => await host.People.AddAsync(host.North, "far.rights", [Roles.Provider]),
            _ => await host.People.AddAsync(host.North, "far.owner", [Roles.Owner], [TestHost.NorthLake]),
        };
        await RunAsync($"""
            with made as (insert into core.roles (id, name) values (gen_random_uuid(), 'Held far away') returning id)
            insert into core.person_roles (id, person_id, role_id) select gen_random_uuid(), '{person.Id}', id from made
            """);
        return person;
    }

    private Task<Guid> RoleOfAsync(Guid person) => host.North.AskAsync<Guid>($"select role_id from core.person_roles where person_id = '{person}' and role_id is not null");

    private async Task<string> StateAsync()
    {
        var tables = string.Join(", ", Tables.Select(t => $"(select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) from core.{t} t)"));
        // The time a person was last at a code is of no account, nor is when they were seen.
        return await host.North.AskAsync<string>($"""
            select concat_ws(' ', {tables},
                (select md5(string_agg(concat_ws(' ', id, name, email, password_hash, security_stamp, active, all_locations, staff_member_id, sign_in_ends_at), '|' order by id)) from core.people),
                (select count(*) from core.sessions where ended_at is not null))
            """);
    }

    private async Task RunAsync(string sql)
    {
        await using var command = host.North.Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
