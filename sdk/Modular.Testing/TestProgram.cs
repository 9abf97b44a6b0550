using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Modular.Testing;

/// <summary>A program that is connected to the practice and acts for itself: it has a token and speaks JSON.</summary>
/// <example><code>
/// using var program = await practice.ConnectAsync("referrals.request.read", "referrals.request.edit");
/// var made = (await program.PostAsync("/api/referrals", new { patient, title = "Letter" })).ShouldBe(HttpStatusCode.Created);
/// await program.PostAsync($"/api/referrals/{made.Body.GetProperty("id")}/close", version: made.Version);
/// </code></example>
public sealed class TestProgram : IDisposable
{
    internal TestProgram(HttpClient http) => Http = http;

    /// <summary>For whatever the other members do not do; it carries the token.</summary>
    public HttpClient Http { get; }

    /// <summary>Reads.</summary>
    /// <param name="path">With a leading slash.</param>
    public Task<TestAnswer> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null, null, null);

    /// <summary>Writes, with a key of its own.</summary>
    /// <param name="path">With a leading slash.</param>
    /// <param name="body">What is sent as JSON, its names in camel case; null sends nothing.</param>
    /// <param name="version">Sent as <c>If-Match</c>: the version that a change is made to.</param>
    /// <param name="key">The <c>Idempotency-Key</c>, to send the same twice.</param>
    public Task<TestAnswer> PostAsync(string path, object? body = null, int? version = null, string? key = null) =>
        SendAsync(HttpMethod.Post, path, body, version, key);

    /// <summary>The same by another method.</summary>
    /// <param name="method">Such as PATCH or PUT.</param>
    /// <param name="path">With a leading slash.</param>
    /// <param name="body">As for <see cref="PostAsync"/>.</param>
    /// <param name="version">As for <see cref="PostAsync"/>.</param>
    /// <param name="key">As for <see cref="PostAsync"/>.</param>
    public async Task<TestAnswer> SendAsync(HttpMethod method, string path, object? body, int? version, string? key)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body, options: JsonSerializerOptions.Web) };
        if (method != HttpMethod.Get)
        {
            request.Headers.Add("Idempotency-Key", key ?? Guid.NewGuid().ToString());
        }

        if (version is not null)
        {
            request.Headers.IfMatch.Add(new EntityTagHeaderValue($"\"{version}\""));
        }

        using var answer = await Http.SendAsync(request);
        return await TestAnswer.ReadAsync(answer, $"{method} {path}");
    }

    /// <inheritdoc />
    public void Dispose() => Http.Dispose();
}
