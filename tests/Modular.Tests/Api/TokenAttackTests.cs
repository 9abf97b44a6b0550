using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Practices;
using Modular.Host.Programs;
using Modular.Sdk;
using Modular.Tests.Bus;
using Modular.Tests.Harness;

namespace Modular.Tests.Api;

/// <summary>What somebody tries who wants a code or a token that is not theirs.</summary>
public sealed class TokenAttackTests(SharedHost shared)
{
    private const string Read = "patients.patient.read";
    private const string Edit = "patients.patient.edit";
    private const string Anything = "/api/patients?limit=1";

    private TestHost Host => shared.Host;

    [Theory]
    [InlineData(ProgramKinds.Browser, "https://evil.example/signed-in")]
    [InlineData(ProgramKinds.Browser, "https://app.example/signed-in/")]
    [InlineData(ProgramKinds.Browser, "https://app.example/signed-in?more")]
    [InlineData(ProgramKinds.Browser, "https://app.example/signed-in#part")]
    [InlineData(ProgramKinds.Browser, "https://app.example/signed-in/../elsewhere")]
    [InlineData(ProgramKinds.Browser, "https://app.example@evil.example/signed-in")]
    [InlineData(ProgramKinds.Browser, "https://app.example.evil.example/signed-in")]
    [InlineData(ProgramKinds.Browser, "https://APP.example/signed-in")]
    [InlineData(ProgramKinds.Browser, "http://app.example/signed-in")]
    [InlineData(ProgramKinds.Browser, "https://app.example:8443/signed-in")]
    [InlineData(ProgramKinds.Browser, "javascript:alert(1)")]
    [InlineData(ProgramKinds.Browser, "//app.example/signed-in")]
    [InlineData(ProgramKinds.Browser, "")]
    [InlineData(ProgramKinds.Browser, null)]
    [InlineData(ProgramKinds.Native, "http://127.0.0.1:43210/elsewhere")]
    [InlineData(ProgramKinds.Native, "http://localhost:43210/signed-in")]
    [InlineData(ProgramKinds.Native, "http://127.0.0.1.evil.example:43210/signed-in")]
    [InlineData(ProgramKinds.Native, "https://127.0.0.1:43210/signed-in")]
    [InlineData(ProgramKinds.Native, "http://user@127.0.0.1:43210/signed-in")]
    public async Task An_address_that_the_practice_does_not_know_gets_a_sentence_and_nobody_is_sent_there(string kind, string? address)
    {
        using var app = await PersonApp.ConnectAsync(Host, Host.North, [Read], kind);
        using var desk = await Host.SignInAsync(Host.North, Roles.FrontDesk);

        using var answer = await desk.GetAsync(app.Address(Read, ("redirect_uri", address)));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Null(answer.Headers.Location);
        Assert.Contains("This program cannot go on", await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("no challenge")]
    [InlineData("plain")]
    [InlineData("no method")]
    [InlineData("a token at once")]
    [InlineData("a form to post")]
    [InlineData("without asking")]
    public async Task A_request_with_less_safety_gets_a_sentence_and_nobody_is_asked(string how)
    {
        using var app = await PersonApp.ConnectAsync(Host, Host.North, [Read]);
        using var desk = await Host.SignInAsync(Host.North, Roles.FrontDesk);

        using var answer = await desk.GetAsync(how switch
        {
            "no challenge" => app.Address(Read, ("code_challenge", null), ("code_challenge_method", null)),
            "plain" => app.Address(Read, ("code_challenge", PersonApp.Verifier), ("code_challenge_method", "plain")),
            "no method" => app.Address(Read, ("code_challenge", PersonApp.Verifier), ("code_challenge_method", null)),
            "a token at once" => app.Address(Read, ("response_type", "token")),
            "a form to post" => app.Address(Read, ("response_mode", "form_post")),
            _ => app.Address(Read, ("prompt", "none")),
        });

        Assert.Equal((HttpStatusCode.BadRequest, null), (answer.StatusCode, answer.Headers.Location));
        Assert.Contains("This program cannot go on", await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData($"{Read} {Edit}")]
    [InlineData($"openid {Read}")]
    [InlineData("core.people.manage")]
    public async Task A_program_that_asks_for_more_than_it_was_given_is_sent_back_before_anybody_is_asked(string scope)
    {
        using var app = await PersonApp.ConnectAsync(Host, Host.North, [Read]);
        using var desk = Host.Client(Host.North);

        using var answer = await desk.GetAsync(app.Address(scope));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.StartsWith(PersonApp.Page, answer.Headers.Location!.ToString());
        var query = PersonApp.Query(answer.Headers.Location);
        Assert.Equal(("invalid_scope", "st", desk.Http.BaseAddress!.AbsoluteUri), (query["error"], query["state"], query["iss"]));
    }

    [Fact]
    public async Task A_code_serves_once_and_used_twice_it_ends_what_came_of_it()
    {
        using var app = await PersonApp.ConnectAsync(Host, Host.North, [Read]);
        using var desk = await Host.SignInAsync(Host.North, Roles.FrontDesk);
        var code = (await PersonApp.AnswerAsync(desk, app.Address($"{Read} offline_access")))["code"];
        using var first = await app.RedeemAsync(code);
        var tokens = await first.BodyAsync(HttpStatusCode.OK);

        Assert.Equal("invalid_grant", await PersonApp.ErrorAsync(await app.RedeemAsync(code)));

        Assert.Equal(HttpStatusCode.Unauthorized, (await app.CallAsync(tokens.GetProperty("access_token").GetString()!, Anything)).StatusCode);
        Assert.Equal("invalid_grant", await PersonApp.ErrorAsync(await app.RefreshAsync(tokens.GetProperty("refresh_token").GetString()!)));
    }

    [Fact]
    public async Task Of_two_who_redeem_a_code_at_the_same_moment_one_at_most_gets_tokens()
    {
        using var app = await PersonApp.ConnectAsync(Host, Host.North, [Read]);
        using var desk = await Host.SignInAsync(Host.North, Roles.FrontDesk);
        var code = (await PersonApp.AnswerAsync(desk, app.Address(Read)))["code"];

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => app.RedeemAsync(code)));

        Assert.InRange(answers.Count(a => a.StatusCode == HttpStatusCode.OK), 0, 1);
        Assert.All(answers, a => Assert.InRange((int)a.StatusCode, 200, 400));
    }

    [Fact]
    public async Task A_code_is_good_for_its_program_its_address_and_its_verifier_alone()
    {
        using var app = await PersonApp.ConnectAsync(Host, Host.North, [Read]);
        using var other = await PersonApp.ConnectAsync(Host, Host.North, [Read], ProgramKinds.Server);
        using var desk = await Host.SignInAsync(Host.North, Roles.FrontDesk);

        async Task<string> CodeAsync() => (await PersonApp.AnswerAsync(desk, app.Address(Read)))["code"];
        Assert.Equal("invalid_grant", await PersonApp.ErrorAsync(await app.RedeemAsync(await CodeAsync(), "another-verifier-that-is-long-enough-to-be-one-0123456789")));
        Assert.Equal("invalid_grant", await PersonApp.ErrorAsync(await other.RedeemAsync(await CodeAsync())));
        Assert.Equal("invalid_grant", await PersonApp.ErrorAsync(await app.PostAsync("/connect/token",
            ("grant_type", "authorization_code"), ("code", await CodeAsync()), ("redirect_uri", "https://evil.example/"), ("code_verifier", PersonApp.Verifier))));
        var without = await PersonApp.ErrorAsync(await app.PostAsync("/connect/token", ("grant_type", "authorization_code"), ("code", await CodeAsync()), ("redirect_uri", app.Back)));
        Assert.Contains(without, new[] { "invalid_request", "invalid_grant" });
    }

    [Fact]
    public async Task A_refresh_token_serves_once_and_used_twice_it_ends_all_of_that_sign_in()
    {
        using var app = await PersonApp.ConnectAsync(Host, Host.North, [Read, Edit]);
        using var desk = await Host.SignInAsync(Host.North, Roles.FrontDesk);
        var (_, first, _) = await app.EnterAsync(desk, $"{Read} offline_access");
        using var refreshed = await app.RefreshAsync(first!);
        var tokens = await refreshed.BodyAsync(HttpStatusCode.OK);
        var (access, second) = (tokens.GetProperty("access_token").GetString()!, tokens.GetProperty("refresh_token").GetString()!);
        Assert.NotEqual(first, second);
        Assert.Equal(HttpStatusCode.OK, (await app.CallAsync(access, Anything)).StatusCode);

        Assert.Equal("invalid_grant", await PersonApp.ErrorAsync(await app.RefreshAsync(first!)));

        Assert.Equal("invalid_grant", await PersonApp.ErrorAsync(await app.RefreshAsync(second)));
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.CallAsync(access, Anything)).StatusCode);
    }

    [Fact]
    public async Task A_refresh_token_gives_no_more_than_it_was_given_for_and_to_no_other_program()
    {
        using var app = await PersonApp.ConnectAsync(Host, Host.North, [Read, Edit]);
        using var other = await PersonApp.ConnectAsync(Host, Host.North, [Read, Edit]);
        using var desk = await Host.SignInAsync(Host.North, Roles.FrontDesk);

        Assert.Equal("invalid_scope", await PersonApp.ErrorAsync(await app.RefreshAsync((await app.EnterAsync(desk, $"{Read} offline_access")).Refresh!, $"{Read} {Edit}")));
        Assert.Equal("invalid_grant", await PersonApp.ErrorAsync(await other.RefreshAsync((await app.EnterAsync(desk, $"{Read} offline_access")).Refresh!)));
        using var less = await app.RefreshAsync((await app.EnterAsync(desk, $"{Read} {Edit} offline_access")).Refresh!, Edit);
        var token = (await less.BodyAsync(HttpStatusCode.OK)).GetProperty("access_token").GetString()!;
        Assert.Equal(HttpStatusCode.Forbidden, (await app.CallAsync(token, Anything)).StatusCode);
    }

    [Fact]
    public async Task Without_offline_access_there_is_no_refresh_token_and_neither_code_nor_refresh_token_opens_an_address()
    {
        using var app = await PersonApp.ConnectAsync(Host, Host.North, [Read]);
        using var desk = await Host.SignInAsync(Host.North, Roles.FrontDesk);
        var code = (await PersonApp.AnswerAsync(desk, app.Address(Read)))["code"];
        var (access, none, _) = await app.EnterAsync(desk, Read);
        var (_, refresh, _) = await app.EnterAsync(desk, $"{Read} offline_access");

        Assert.Null(none);
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.CallAsync(code, Anything)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.CallAsync(refresh!, Anything)).StatusCode);
        Assert.Equal("invalid_grant", await PersonApp.ErrorAsync(await app.RefreshAsync(access)));
        Assert.Equal("invalid_grant", await PersonApp.ErrorAsync(await app.RedeemAsync(access)));
        using var asked = await app.Http.GetAsync($"{Anything}&access_token={access}");
        Assert.Equal(HttpStatusCode.Unauthorized, asked.StatusCode);
    }

    [Fact]
    public async Task What_one_practice_gave_means_nothing_at_another_though_program_person_and_session_have_the_same_ids()
    {
        using var north = await PersonApp.ConnectAsync(Host, Host.North, [Read]);
        using var desk = await Host.SignInAsync(Host.North, Roles.FrontDesk);
        var code = (await PersonApp.AnswerAsync(desk, north.Address(Read)))["code"];
        var (access, refresh, _) = await north.EnterAsync(desk, $"{Read} offline_access");
        await CopyRowsAsync(north.Program.Id, (await Host.People.EnsureAsync(Host.North, Roles.FrontDesk)).Id);
        using var south = new PersonApp(Host.Client(Host.South), north.Program, null, north.Back);

        Assert.Equal(HttpStatusCode.Unauthorized, (await south.CallAsync(access, Anything)).StatusCode);
        Assert.Equal("invalid_grant", await PersonApp.ErrorAsync(await south.RefreshAsync(refresh!)));
        Assert.Equal("invalid_grant", await PersonApp.ErrorAsync(await south.RedeemAsync(code)));
        Assert.Equal(HttpStatusCode.OK, (await north.CallAsync(access, Anything)).StatusCode);
    }

    [Fact]
    public async Task Nobody_answers_the_question_for_somebody_else()
    {
        using var app = await PersonApp.ConnectAsync(Host, Host.North, [Read]);
        using var desk = await Host.SignInAsync(Host.North, Roles.FrontDesk);
        using var other = await Host.SignInAsync(Host.North, Roles.Manager);
        var fields = QueryHelpers.ParseQuery(app.Address(Read).Split('?')[1]).Select(p => KeyValuePair.Create(p.Key, p.Value.ToString())).Append(new("decision", "allow")).ToList();

        using var forged = await desk.Http.PostAsync("/connect/authorize", new FormUrlEncodedContent(fields));
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        using var address = await desk.GetAsync(app.Address(Read) + "&decision=allow");
        Assert.Equal(HttpStatusCode.OK, address.StatusCode);
        var theirs = (await other.PageAsync(app.Address(Read))).QuerySelector("form#authorize input[name='__RequestVerificationToken']")!.GetAttribute("value")!;
        using var borrowed = await desk.Http.PostAsync("/connect/authorize", new FormUrlEncodedContent([.. fields, new("__RequestVerificationToken", theirs)]));
        Assert.Equal(HttpStatusCode.BadRequest, borrowed.StatusCode);
    }

    [Fact]
    public async Task The_answer_is_of_this_practice_whatever_issuer_the_question_names()
    {
        using var app = await PersonApp.ConnectAsync(Host, Host.North, [Read]);
        using var desk = await Host.SignInAsync(Host.North, Roles.FrontDesk);

        var answer = await PersonApp.AnswerAsync(desk, app.Address(Read, ("iss", "https://evil.example/"), ("code", "planted")));

        Assert.Equal(desk.Http.BaseAddress!.AbsoluteUri, answer["iss"]);
        Assert.NotEqual("planted", answer["code"]);
    }

    [Fact]
    public async Task An_app_without_a_secret_gets_no_token_for_itself_and_a_service_without_addresses_asks_nobody()
    {
        using var app = await PersonApp.ConnectAsync(Host, Host.North, [Read]);
        using var service = await ApiClient.ConnectAsync(Host, Host.North, [Read]);
        using var desk = await Host.SignInAsync(Host.North, Roles.FrontDesk);

        var refused = await PersonApp.ErrorAsync(await app.PostAsync("/connect/token", ("grant_type", "client_credentials")));
        Assert.Contains(refused, new[] { "unauthorized_client", "invalid_client" });
        using var asked = await desk.GetAsync(app.Address(Read, ("client_id", service.Program.ClientId)));
        Assert.Equal(HttpStatusCode.BadRequest, asked.StatusCode);
        using var nobody = await desk.GetAsync(app.Address(Read, ("client_id", Guid.NewGuid().ToString("N"))));
        Assert.Contains("No program has this id here", await nobody.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_program_asks_about_and_ends_its_own_tokens_and_nobody_elses()
    {
        using var app = await PersonApp.ConnectAsync(Host, Host.North, [Read, Edit], ProgramKinds.Server);
        using var other = await PersonApp.ConnectAsync(Host, Host.North, [Read], ProgramKinds.Server);
        using var desk = await Host.SignInAsync(Host.North, Roles.FrontDesk);
        var (access, refresh, _) = await app.EnterAsync(desk, $"{Read} offline_access");

        var mine = await AskAboutAsync(app, access);
        Assert.Equal((true, Read, app.Program.ClientId), (mine.GetProperty("active").GetBoolean(), mine.GetProperty("scope").GetString(), mine.GetProperty("client_id").GetString()));
        Assert.False((await AskAboutAsync(other, access)).GetProperty("active").GetBoolean());
        using (var theirs = await other.PostAsync("/connect/revoke", ("token", access)))
        {
            Assert.Equal(HttpStatusCode.OK, (await app.CallAsync(access, Anything)).StatusCode);
        }

        using (var revoked = await app.PostAsync("/connect/revoke", ("token", access)))
        {
            Assert.Equal(HttpStatusCode.OK, revoked.StatusCode);
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await app.CallAsync(access, Anything)).StatusCode);
        Assert.False((await AskAboutAsync(app, access)).GetProperty("active").GetBoolean());
        using (var revoked = await app.PostAsync("/connect/revoke", ("token", refresh!)))
        {
            Assert.Equal(HttpStatusCode.OK, revoked.StatusCode);
        }

        Assert.Equal("invalid_grant", await PersonApp.ErrorAsync(await app.RefreshAsync(refresh!)));
    }

    [Fact]
    public async Task A_service_asks_about_its_own_token_and_one_of_an_earlier_generation_is_none()
    {
        using var api = await ApiClient.ConnectAsync(Host, Host.North, [Read]);
        async Task<JsonElement> AskAsync()
        {
            using var answer = await api.Http.PostAsync("/connect/introspect", new FormUrlEncodedContent([new("client_id", api.Program.ClientId), new("client_secret", api.Secret), new("token", api.Token)]));
            return await answer.BodyAsync(HttpStatusCode.OK);
        }

        Assert.True((await AskAsync()).GetProperty("active").GetBoolean());
        await Host.North.Database.CreateCommand($"update core.programs set generation = generation + 1 where id = '{api.Program.Id}'").ExecuteNonQueryAsync();
        await Host.Services.GetRequiredService<PracticeRegistry>().ChangedAsync(Host.North, default);

        Assert.False((await AskAsync()).GetProperty("active").GetBoolean());
    }

    [Theory]
    [InlineData("/connect/introspect")]
    [InlineData("/connect/revoke")]
    [InlineData("/connect/token")]
    public async Task Nobody_a_person_and_a_wrong_secret_get_nothing(string address)
    {
        using var app = await PersonApp.ConnectAsync(Host, Host.North, [Read], ProgramKinds.Server);
        using var owner = await Host.SignInAsync(Host.North, Roles.Owner);
        using var nobody = Host.Client(Host.North);
        var (access, _, _) = await app.EnterAsync(owner, Read);
        foreach (var client in new[] { nobody, owner })
        {
            foreach (var form in new Dictionary<string, string>[]
            {
                new() { ["token"] = access },
                new() { ["token"] = access, ["client_id"] = app.Program.ClientId },
                new() { ["token"] = access, ["client_id"] = app.Program.ClientId, ["client_secret"] = "mps_wrong", ["grant_type"] = "client_credentials" },
            })
            {
                using var answer = await client.Http.PostAsync(address, new FormUrlEncodedContent(form));
                Assert.InRange((int)answer.StatusCode, 400, 401);
                Assert.Contains((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetString(), new[] { "invalid_request", "invalid_client", "unsupported_grant_type" });
            }

            using var looked = await client.GetAsync(address);
            Assert.InRange((int)looked.StatusCode, 400, 405);
        }
    }

    private static async Task<JsonElement> AskAboutAsync(PersonApp app, string token)
    {
        using var answer = await app.PostAsync("/connect/introspect", ("token", token));
        return await answer.BodyAsync(HttpStatusCode.OK);
    }

    /// <summary>The rows behind the tokens, in the other practice's database too.</summary>
    private async Task CopyRowsAsync(Guid program, Guid person)
    {
        string[] rows =
        [
            $"core.people where id = '{person}'", $"core.sessions where person_id = '{person}'", $"core.programs where id = '{program}'",
            $"core.program_authorizations where application_id = '{program}'", $"core.program_tokens where application_id = '{program}'",
        ];
        foreach (var row in rows)
        {
            var table = row.Split(' ')[0];
            var json = await Host.North.AskAsync<string>($"select coalesce(json_agg(t)::text, '[]') from (select * from {row}) t");
            await using var command = Host.South.Database.CreateCommand($"insert into {table} select * from json_populate_recordset(null::{table}, $1::json) on conflict do nothing");
            command.Parameters.Add(new() { Value = json });
            await command.ExecuteNonQueryAsync();
        }
    }
}
