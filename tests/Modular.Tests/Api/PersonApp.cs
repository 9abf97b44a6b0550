using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Practices;
using Modular.Host.Programs;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Api;

/// <summary>A program that acts for people, and the browser at which one of them lets it in.</summary>
public sealed class PersonApp(TestClient client, ConnectedProgram program, string? secret, string back) : IDisposable
{
    public const string Page = "https://app.example/signed-in";
    public const string Verifier = "a-verifier-that-nobody-guesses-because-it-is-long-enough-1234567890";

    public static string Challenge => WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    public ConnectedProgram Program => program;

    public string? Secret => secret;

    public string Back => back;

    public HttpClient Http => client.Http;

    public static async Task<PersonApp> ConnectAsync(TestHost host, Practice practice, string[] scopes, string kind = ProgramKinds.Browser, Guid[]? locations = null, int requestsPerMinute = 6000)
    {
        var registered = kind == ProgramKinds.Native ? "http://127.0.0.1/signed-in" : Page;
        await using var scope = host.Services.OpenScope(practice, Actor.System("test"));
        var (program, secret) = await scope.ServiceProvider.GetRequiredService<ProgramAdmin>()
            .AddAsync(new($"App {Guid.NewGuid():N}"[..30], null, scopes, locations, requestsPerMinute, kind, [registered]), default);
        return new(host.Client(practice), program, secret, kind == ProgramKinds.Native ? "http://127.0.0.1:43210/signed-in" : registered);
    }

    /// <summary>Where the program sends the person's browser.</summary>
    /// <param name="changes">Parameters that are different; null leaves one out.</param>
    public string Address(string? scope, params (string Name, string? Value)[] changes)
    {
        var query = new Dictionary<string, string?>
        {
            ["response_type"] = "code", ["client_id"] = program.ClientId, ["redirect_uri"] = back, ["scope"] = scope, ["state"] = "st",
            ["code_challenge"] = Challenge, ["code_challenge_method"] = "S256",
        };
        foreach (var (name, value) in changes)
        {
            query[name] = value;
        }

        return QueryHelpers.AddQueryString("/connect/authorize", query.Where(p => p.Value is not null));
    }

    /// <summary>The person sees the page and answers it.</summary>
    public static async Task<Dictionary<string, string>> AnswerAsync(TestClient desk, string address, string decision = "allow")
    {
        var page = await desk.PageAsync(address);
        using var answer = await desk.SubmitAsync(page, "form#authorize", ("decision", decision));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return Query(answer.Headers.Location!);
    }

    public static Dictionary<string, string> Query(Uri address) => QueryHelpers.ParseQuery(address.Query).ToDictionary(p => p.Key, p => p.Value.ToString());

    public Task<HttpResponseMessage> RedeemAsync(string code, string verifier = Verifier) => PostAsync("/connect/token",
        ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", back), ("code_verifier", verifier));

    public Task<HttpResponseMessage> RefreshAsync(string token, string? scope = null) =>
        PostAsync("/connect/token", [("grant_type", "refresh_token"), ("refresh_token", token), .. scope is null ? Array.Empty<(string, string)>() : [("scope", scope)]]);

    public Task<HttpResponseMessage> PostAsync(string address, params (string Name, string Value)[] form)
    {
        List<KeyValuePair<string, string>> fields = [.. form.Select(f => KeyValuePair.Create(f.Name, f.Value)), new("client_id", program.ClientId)];
        if (secret is not null)
        {
            fields.Add(new("client_secret", secret));
        }

        return client.Http.PostAsync(address, new FormUrlEncodedContent(fields));
    }

    /// <summary>All of it: asked, allowed, redeemed.</summary>
    public async Task<(string Access, string? Refresh, string Scope)> EnterAsync(TestClient desk, string? scope)
    {
        using var answer = await RedeemAsync((await AnswerAsync(desk, Address(scope)))["code"]);
        var body = await answer.BodyAsync(HttpStatusCode.OK);
        return (body.GetProperty("access_token").GetString()!, body.TryGetProperty("refresh_token", out var refresh) ? refresh.GetString() : null, body.GetProperty("scope").GetString()!);
    }

    public async Task<HttpResponseMessage> CallAsync(string token, string address, object? body = null, string? key = null)
    {
        using var api = new ApiClient(new(client.Http.BaseAddress!, client.Http.BaseAddress!.Host), program, "") { Token = token };
        return await api.SendAsync(body is null ? HttpMethod.Get : HttpMethod.Post, address, body, body is null ? null : key ?? Guid.NewGuid().ToString());
    }

    public static async Task<string> ErrorAsync(HttpResponseMessage answer, HttpStatusCode status = HttpStatusCode.BadRequest) =>
        (await answer.BodyAsync(status)).GetProperty("error").GetString()!;

    public void Dispose() => client.Dispose();
}
