using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Practices;
using Modular.Host.Programs;
using Modular.Sdk;

namespace Modular.Tests.Harness;

/// <summary>A program of a test: connected, with a token, speaking JSON.</summary>
public sealed class ApiClient(TestClient client, ConnectedProgram program, string secret) : IDisposable
{
    public static readonly JsonSerializerOptions Json = JsonSerializerOptions.Web;

    public ConnectedProgram Program => program;

    public string Secret => secret;

    public string? Token { get; set; }

    public HttpClient Http => client.Http;

    /// <summary>A new program with these permissions, and its token.</summary>
    public static async Task<ApiClient> ConnectAsync(TestHost host, Practice practice, string[] scopes, Guid[]? locations = null, int requestsPerMinute = 6000)
    {
        await using var scope = host.Services.OpenScope(practice, Actor.System("test"));
        var (program, secret) = await scope.ServiceProvider.GetRequiredService<ProgramAdmin>()
            .AddAsync(new($"Program {Guid.NewGuid():N}"[..40], null, scopes, locations, requestsPerMinute), default);
        var api = new ApiClient(host.Client(practice), program, secret!);
        using var answer = await api.AskTokenAsync();
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        api.Token = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString();
        return api;
    }

    public Task<HttpResponseMessage> AskTokenAsync(string? scope = null, string? secret = null, bool basic = false)
    {
        var form = new Dictionary<string, string> { ["grant_type"] = "client_credentials" };
        var request = new HttpRequestMessage(HttpMethod.Post, "/connect/token");
        if (scope is not null)
        {
            form["scope"] = scope;
        }

        if (basic)
        {
            request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{program.ClientId}:{secret ?? Secret}")));
        }
        else
        {
            (form["client_id"], form["client_secret"]) = (program.ClientId, secret ?? Secret);
        }

        request.Content = new FormUrlEncodedContent(form);
        return client.Http.SendAsync(request);
    }

    public Task<HttpResponseMessage> GetAsync(string url, string? ifNoneMatch = null) => SendAsync(HttpMethod.Get, url, null, null, ifNoneMatch: ifNoneMatch);

    public async Task<JsonElement> ReadAsync(string url)
    {
        using var answer = await GetAsync(url);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"GET {url} gave {(int)answer.StatusCode}: {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    public Task<HttpResponseMessage> PostAsync(string url, object? body, string? key = null, int? version = null) =>
        SendAsync(HttpMethod.Post, url, body, key ?? Guid.NewGuid().ToString(), version);

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string url, object? body, string? key, int? version = null, string? ifNoneMatch = null)
    {
        var request = new HttpRequestMessage(method, url);
        if (Token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        }

        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        if (version is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", $"\"{version}\"");
        }

        if (ifNoneMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", ifNoneMatch);
        }

        request.Content = body is null ? null : JsonContent.Create(body, options: Json);
        return client.Http.SendAsync(request);
    }

    public void Dispose() => client.Dispose();
}

public static class ApiResponses
{
    /// <summary>The problem's sentence; fails unless it is one of this status.</summary>
    public static async Task<JsonElement> ProblemAsync(this HttpResponseMessage answer, HttpStatusCode status)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == status, $"{(int)answer.StatusCode}: {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonDocument.Parse(text).RootElement;
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
        return problem;
    }

    public static async Task<JsonElement> BodyAsync(this HttpResponseMessage answer, HttpStatusCode status)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == status, $"{(int)answer.StatusCode}: {text}");
        return JsonDocument.Parse(text).RootElement;
    }
}
