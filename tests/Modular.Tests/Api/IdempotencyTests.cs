using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Modular.Tests.Bus;
using Modular.Tests.Harness;

namespace Modular.Tests.Api;

/// <summary>A write is done once for its key, whatever the network does to the answer.</summary>
public sealed class IdempotencyTests(SharedHost shared) : IAsyncLifetime
{
    private readonly string name = "Idem" + string.Concat(Guid.NewGuid().ToString("N").Where(char.IsAsciiLetter));
    private ApiClient api = null!;

    public async ValueTask InitializeAsync() => api = await ApiClient.ConnectAsync(shared.Host, shared.Host.North, ["patients.patient.read", "patients.patient.edit"]);

    public ValueTask DisposeAsync()
    {
        api.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Sent_twice_it_is_done_once_and_answered_alike()
    {
        using var first = await PostAsync("key");
        using var second = await PostAsync("key");

        Assert.Equal(HttpStatusCode.Created, second.StatusCode);
        Assert.Equal(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
        Assert.Equal((first.Headers.Location, first.Headers.ETag, first.Content.Headers.ContentType), (second.Headers.Location, second.Headers.ETag, second.Content.Headers.ContentType));
        Assert.False(first.Headers.Contains("Idempotency-Replayed"));
        Assert.True(second.Headers.Contains("Idempotency-Replayed"));
        Assert.Equal(1L, await CountAsync());
    }

    [Fact]
    public async Task Twenty_at_once_under_one_key_register_one_patient_and_all_get_their_answer()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => PostAsync("at once")));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Created, a.StatusCode));
        Assert.Single(answers.Select(a => a.Headers.Location).Distinct());
        Assert.Equal(1L, await CountAsync());
    }

    [Fact]
    public async Task A_key_used_for_another_request_is_refused()
    {
        using var first = await PostAsync("same");
        using var other = await PostAsync("same", first: "Other");

        await other.ProblemAsync(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(1L, await CountAsync());
    }

    [Fact]
    public async Task A_refusal_is_not_kept_and_can_be_mended_under_the_same_key()
    {
        using var refused = await PostAsync("mended", first: "");
        using var done = await PostAsync("mended");

        await refused.ProblemAsync(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(HttpStatusCode.Created, done.StatusCode);
    }

    [Fact]
    public async Task Without_a_key_nothing_is_written_and_two_programs_may_use_the_same_one()
    {
        using var without = await api.SendAsync(HttpMethod.Post, "/api/patients", Body("Ana"), null);
        await without.ProblemAsync(HttpStatusCode.BadRequest);
        Assert.Equal(0L, await CountAsync());

        using var other = await ApiClient.ConnectAsync(shared.Host, shared.Host.North, ["patients.patient.edit"]);
        using var mine = await PostAsync("shared");
        using var theirs = await other.PostAsync("/api/patients", Body("Ana"), "shared");
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (mine.StatusCode, theirs.StatusCode));
        Assert.NotEqual(mine.Headers.Location, theirs.Headers.Location);
    }

    [Fact]
    public async Task The_kept_answer_is_sealed()
    {
        using var done = await PostAsync("sealed");

        var kept = await shared.Host.North.AskAsync<byte[]>($"select answer from core.idempotency_keys where program_id = '{api.Program.Id}' and key = 'sealed'");

        Assert.DoesNotContain(name, System.Text.Encoding.UTF8.GetString(kept));
    }

    private static object Body(string first, string last = "") => new { lastName = last.Length > 0 ? last : "Somebody", firstName = first, birthDate = "1980-02-03", sex = "F", anyway = true };

    private Task<HttpResponseMessage> PostAsync(string key, string first = "Ana") => api.PostAsync("/api/patients", Body(first, name), key);

    private Task<long> CountAsync() => shared.Host.North.AskAsync<long>($"select count(*) from patients.patients where last_name = '{name}'");
}
