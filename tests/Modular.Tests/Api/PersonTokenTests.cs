using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.People;
using Modular.Host.Practices;
using Modular.Host.Programs;
using Modular.Host.Rights;
using Modular.Sdk;
using Modular.Tests.Bus;
using Modular.Tests.Harness;

namespace Modular.Tests.Api;

/// <summary>Programs that act for a person: what the person is asked, what the program may do then, and when that ends.</summary>
public sealed class PersonTokenTests(SharedHost shared)
{
    private const string Read = "patients.patient.read";
    private const string Edit = "patients.patient.edit";
    private const string Merge = "patients.patient.merge";
    private const string Anything = "/api/patients?limit=1";

    private TestHost Host => shared.Host;

    [Theory]
    [InlineData(ProgramKinds.Browser)]
    [InlineData(ProgramKinds.Native)]
    [InlineData(ProgramKinds.Server)]
    public async Task A_person_lets_a_program_in_and_what_it_does_is_logged_as_both(string kind)
    {
        using var app = await PersonApp.ConnectAsync(Host, Host.North, [Read, Edit], kind);
        var person = await Host.People.AddAsync(Host.North, $"both-{Guid.NewGuid():N}", [Roles.FrontDesk]);
        using var desk = await SignInAsync(person);

        var answer = await PersonApp.AnswerAsync(desk, app.Address($"{Read} offline_access"));
        Assert.Equal(("st", desk.Http.BaseAddress!.AbsoluteUri), (answer["state"], answer["iss"]));
        using var redeemed = await app.RedeemAsync(answer["code"]);
        var tokens = await redeemed.BodyAsync(HttpStatusCode.OK);
        Assert.Equal(("Bearer", 600, $"offline_access {Read}"), (tokens.GetProperty("token_type").GetString(), tokens.GetProperty("expires_in").GetInt32(), tokens.GetProperty("scope").GetString()));
        var made = await CreateAsync(app, tokens.GetProperty("access_token").GetString()!);
        Assert.Equal(HttpStatusCode.Forbidden, made.StatusCode);
        using var called = await app.CallAsync(tokens.GetProperty("access_token").GetString()!, Anything);

        Assert.Equal(HttpStatusCode.OK, called.StatusCode);
        Assert.Equal(1L, await Host.North.AskAsync<long>($"select count(*) from audit.entries where log = 'change' and table_name = 'program_authorizations' and person_id = '{person.Id}'"));
        using var owner = await Host.SignInAsync(Host.North, Roles.Owner);
        var log = await owner.PageAsync($"/admin/audit?person={person.Id}");
        Assert.Contains(app.Program.Name, (await owner.PageAsync($"/admin/audit?person={app.Program.Id}")).Body!.TextContent);
        Assert.Contains("program authorizations", log.Body!.TextContent);
    }

    [Fact]
    public async Task What_a_program_writes_for_a_person_bears_both_in_the_log()
    {
        using var app = await PersonApp.ConnectAsync(Host, Host.North, [Read, Edit]);
        var person = await Host.People.AddAsync(Host.North, $"writer-{Guid.NewGuid():N}", [Roles.FrontDesk]);
        using var desk = await SignInAsync(person);
        var (token, _, _) = await app.EnterAsync(desk, $"{Read} {Edit}");

        using var made = await CreateAsync(app, token);
        var id = (await made.BodyAsync(HttpStatusCode.Created)).GetProperty("id").GetGuid();

        Assert.Equal(1L, await Host.North.AskAsync<long>(
            $"select count(*) from audit.entries where row_id = '{id}' and what = 'added' and person_id = '{person.Id}' and program_id = '{app.Program.Id}' and session_id is not null"));
        using var owner = await Host.SignInAsync(Host.North, Roles.Owner);
        Assert.Contains($"through {app.Program.Name}", (await owner.PageAsync($"/admin/audit?row={id}")).Body!.TextContent);
    }

    [Fact]
    public async Task The_page_says_which_practice_which_program_who_is_signed_in_and_what_it_could_do()
    {
        using var app = await PersonApp.ConnectAsync(Host, Host.North, [Read, Merge, "core.retention.approve"], locations: [TestHost.NorthLake]);
        using var desk = await Host.SignInAsync(Host.North, Roles.FrontDesk);

        var page = (await desk.PageAsync(app.Address($"{Read} core.retention.approve offline_access"))).Body!.TextContent;

        Assert.All(new[] { $"Allow {app.Program.Name}?", "North Clinic", "Test north.front-desk", "Only at Lakeside", "You go on to app.example", "does not get it", "Until you sign out" },
            said => Assert.Contains(said, page));
        Assert.DoesNotContain("core.retention.approve", page);
        using var answer = await desk.GetAsync(app.Address(Read));
        Assert.Contains("form-action 'self' https://app.example;", answer.Headers.GetValues("Content-Security-Policy").Single());
    }

    [Fact]
    public async Task Who_does_not_allow_it_sends_the_program_away()
    {
        using var app = await PersonApp.ConnectAsync(Host, Host.North, [Read]);
        using var desk = await Host.SignInAsync(Host.North, Roles.FrontDesk);

        var answer = await PersonApp.AnswerAsync(desk, app.Address(Read), "deny");

        Assert.Equal("access_denied", answer["error"]);
        Assert.DoesNotContain("code", answer.Keys);
        Assert.Equal(1L, await Host.North.AskAsync<long>($"select count(*) from audit.entries where row_id = '{app.Program.Id}' and what like 'did not let in%'"));
    }

    [Fact]
    public async Task Nobody_is_asked_before_they_sign_in_and_then_the_question_is_still_there()
    {
        using var app = await PersonApp.ConnectAsync(Host, Host.North, [Read]);
        await Host.People.EnsureAsync(Host.North, Roles.FrontDesk);
        using var desk = Host.Client(Host.North);

        using var asked = await desk.GetAsync(app.Address(Read));
        Assert.StartsWith("/account/sign-in?returnUrl=%2Fconnect%2Fauthorize", asked.Headers.Location!.ToString());
        var signIn = await desk.PageAsync(asked.Headers.Location.ToString());
        using var signedIn = await desk.SubmitAsync(signIn, "form#sign-in", ("Name", $"north.{Roles.FrontDesk}.all"), ("Password", TestPeople.Password));

        Assert.NotNull((await desk.PageAsync(signedIn.Headers.Location!.ToString())).QuerySelector("form#authorize"));
    }

    [Fact]
    public async Task The_token_acts_with_what_program_and_person_both_may_at_this_moment()
    {
        using var app = await PersonApp.ConnectAsync(Host, Host.North, [Read, Edit, Merge]);
        var person = await Host.People.AddAsync(Host.North, $"both-may-{Guid.NewGuid():N}", [Roles.FrontDesk]);
        using var desk = await SignInAsync(person);
        var (token, _, scope) = await app.EnterAsync(desk, null);

        // Merging records is the manager's.
        Assert.Equal($"{Edit} {Read}", scope);
        await ChangeAsync(person, [Roles.Hr]);
        using var refused = await app.CallAsync(token, Anything);
        await refused.ProblemAsync(HttpStatusCode.Forbidden);
        await ChangeAsync(person, [Roles.FrontDesk]);
        Assert.Equal(HttpStatusCode.OK, (await app.CallAsync(token, Anything)).StatusCode);
        await ProgramAsync(app, (admin, program) => admin.ChangeAsync(program, new(program.Name, null, [Edit], null, 100, RedirectUris: program.RedirectUris), default));
        Assert.Equal(HttpStatusCode.Forbidden, (await app.CallAsync(token, Anything)).StatusCode);
    }

    [Fact]
    public async Task A_person_of_one_place_and_a_program_of_another_meet_nowhere()
    {
        using var app = await PersonApp.ConnectAsync(Host, Host.North, ["scheduling.visit.read"], locations: [TestHost.NorthLake]);
        using var desk = await Host.SignInAsync(Host.North, Roles.FrontDesk, [TestHost.NorthMain]);
        var (token, _, _) = await app.EnterAsync(desk, "scheduling.visit.read");

        foreach (var place in new[] { TestHost.NorthMain, TestHost.NorthLake })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await app.CallAsync(token, $"/api/scheduling/appointments?location={place}")).StatusCode);
        }
    }

    [Theory]
    [InlineData("signs out")]
    [InlineData("is deactivated")]
    [InlineData("gets a new password from somebody else")]
    [InlineData("program cut off")]
    public async Task Tokens_end_with_the_persons_access_and_with_the_program(string how)
    {
        using var app = await PersonApp.ConnectAsync(Host, Host.North, [Read]);
        var person = await Host.People.AddAsync(Host.North, $"ends-{Guid.NewGuid():N}", [Roles.FrontDesk]);
        using var desk = await SignInAsync(person);
        var (token, refresh, _) = await app.EnterAsync(desk, $"{Read} offline_access");
        var code = (await PersonApp.AnswerAsync(desk, app.Address(Read)))["code"];

        switch (how)
        {
            case "signs out":
                using (var page = await desk.SubmitAsync(await desk.PageAsync("/account"), "form[action='/account/sign-out']"))
                {
                    Assert.Equal(HttpStatusCode.Redirect, page.StatusCode);
                }

                break;
            case "is deactivated": await PersonAsync(person, (admin, p) => admin.EndAtAsync(p, DateTimeOffset.UtcNow)); break;
            case "program cut off": await ProgramAsync(app, (admin, program) => admin.RevokeAsync(program, default)); break;
            default: await PersonAsync(person, (admin, p) => admin.ResetAsync(p, false)); break;
        }

        using var called = await app.CallAsync(token, Anything);
        await called.ProblemAsync(HttpStatusCode.Unauthorized);
        var (ended, status) = how == "program cut off" ? ("invalid_client", HttpStatusCode.Unauthorized) : ("invalid_grant", HttpStatusCode.BadRequest);
        Assert.Equal(ended, await PersonApp.ErrorAsync(await app.RefreshAsync(refresh!), status));
        Assert.Equal(ended, await PersonApp.ErrorAsync(await app.RedeemAsync(code), status));
    }

    [Fact]
    public async Task A_person_sees_which_programs_work_in_their_name_and_ends_one()
    {
        using var app = await PersonApp.ConnectAsync(Host, Host.North, [Read]);
        var person = await Host.People.AddAsync(Host.North, $"sees-{Guid.NewGuid():N}", [Roles.FrontDesk]);
        using var desk = await SignInAsync(person);
        using var other = await Host.SignInAsync(Host.North, Roles.FrontDesk);
        var (token, refresh, _) = await app.EnterAsync(desk, $"{Read} offline_access");
        var page = await desk.PageAsync("/account");
        Assert.Contains(app.Program.Name, page.GetElementById("programs")!.TextContent);
        var id = page.QuerySelector("#programs input[name=id]")!.GetAttribute("value")!;

        using var refused = await other.Http.PostAsync("/account/programs/end", new FormUrlEncodedContent(
            [new("id", id), new("__RequestVerificationToken", (await other.PageAsync("/account")).QuerySelector("#profile input[name='__RequestVerificationToken']")!.GetAttribute("value")!)]));
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await app.CallAsync(token, Anything)).StatusCode);
        using var ended = await desk.SubmitAsync(page, "#programs form");

        Assert.Equal("/account", ended.Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.CallAsync(token, Anything)).StatusCode);
        Assert.Equal("invalid_grant", await PersonApp.ErrorAsync(await app.RefreshAsync(refresh!)));
        Assert.Null((await desk.PageAsync("/account")).GetElementById("programs"));
    }

    [Fact]
    public async Task A_restricted_chart_opens_to_no_program_not_even_for_somebody_who_opened_it()
    {
        using var app = await PersonApp.ConnectAsync(Host, Host.North, [Read, "patients.patient.open-restricted", Edit]);
        using var desk = await Host.SignInAsync(Host.North, Roles.Manager);
        var (token, _, _) = await app.EnterAsync(desk, null);
        using var made = await CreateAsync(app, token);
        var id = (await made.BodyAsync(HttpStatusCode.Created)).GetProperty("id").GetGuid();
        var me = (await Host.People.EnsureAsync(Host.North, Roles.Manager)).Id;
        await using var command = Host.North.Database.CreateCommand($"""
            update patients.patients set restricted = true where id = '{id}';
            insert into patients.chart_openings (id, patient_id, person_id, reason, opened_at, until) values (gen_random_uuid(), '{id}', '{me}', 'on call', now(), now() + interval '1 hour')
            """);
        await command.ExecuteNonQueryAsync();
        Host.ForgetCharts(Host.North);

        using var shut = await app.CallAsync(token, $"/api/patients/{id}");

        await shut.ProblemAsync(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Two_people_may_use_the_same_idempotency_key_and_each_is_answered_their_own()
    {
        using var app = await PersonApp.ConnectAsync(Host, Host.North, [Edit]);
        using var first = await Host.SignInAsync(Host.North, Roles.FrontDesk);
        using var second = await Host.SignInAsync(Host.North, Roles.Manager);
        var body = new { firstName = "Same", lastName = $"Key{Guid.NewGuid():N}"[..20], birthDate = "1980-01-01" };

        using var one = await app.CallAsync((await app.EnterAsync(first, Edit)).Access, "/api/patients", body, "the same");
        using var other = await app.CallAsync((await app.EnterAsync(second, Edit)).Access, "/api/patients", body, "the same");

        Assert.False(other.Headers.Contains("Idempotency-Replayed"));
        Assert.Equal(HttpStatusCode.Created, one.StatusCode);
    }

    [Fact]
    public async Task An_app_in_the_browser_may_read_answers_and_no_other_page_may()
    {
        using var app = await PersonApp.ConnectAsync(Host, Host.North, [Read]);

        foreach (var address in new[] { "/connect/token", "/.well-known/openid-configuration", Anything })
        {
            Assert.Equal("https://app.example", await AllowedAsync(app, address, "https://app.example"));
            Assert.Null(await AllowedAsync(app, address, "https://evil.example"));
        }

        Assert.Null(await AllowedAsync(app, "/patients", "https://app.example"));
    }

    private static async Task<string?> AllowedAsync(PersonApp app, string address, string origin)
    {
        using var ask = new HttpRequestMessage(HttpMethod.Options, address);
        ask.Headers.Add("Origin", origin);
        ask.Headers.Add("Access-Control-Request-Method", "GET");
        ask.Headers.Add("Access-Control-Request-Headers", "authorization");
        using var answer = await app.Http.SendAsync(ask);
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Credentials"));
        return answer.Headers.TryGetValues("Access-Control-Allow-Origin", out var allowed) ? allowed.Single() : null;
    }

    private static Task<HttpResponseMessage> CreateAsync(PersonApp app, string token) =>
        app.CallAsync(token, "/api/patients", new { firstName = "Ann", lastName = $"By{Guid.NewGuid():N}"[..20], birthDate = "1980-01-01" });

    private async Task<TestClient> SignInAsync(Person person)
    {
        var client = Host.Client(Host.North);
        using var answer = await TestPeople.SignInAsync(client, person.UserName!);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return client;
    }

    private Task ChangeAsync(Person person, string[] roles) => PersonAsync(person, (admin, p) => admin.ChangeAsync(p, p.Name, new(roles), null));

    private async Task PersonAsync(Person person, Func<PeopleAdmin, Person, Task> step)
    {
        await using var scope = Host.Services.OpenScope(Host.North, Actor.System("test"));
        var admin = scope.ServiceProvider.GetRequiredService<PeopleAdmin>();
        await step(admin, (await admin.FindAsync(person.UserName!))!);
    }

    private async Task ProgramAsync(PersonApp app, Func<ProgramAdmin, ConnectedProgram, Task> step)
    {
        await using var scope = Host.Services.OpenScope(Host.North, Actor.System("test"));
        var admin = scope.ServiceProvider.GetRequiredService<ProgramAdmin>();
        await step(admin, (await admin.FindAsync(app.Program.Id, default))!);
    }
}
