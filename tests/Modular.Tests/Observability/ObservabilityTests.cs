using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Observability;

public sealed class ObservabilityTests
{
    [Fact]
    public async Task Probes_answer_without_a_practice_and_without_secrets()
    {
        await using var host = await TestHost.StartAsync();
        using var probe = new HttpClient { BaseAddress = host.Address };

        var live = await probe.GetAsync("/health/live");
        var ready = await probe.GetFromJsonAsync<JsonElement>("/health/ready");

        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        Assert.Equal("ready", ready.GetProperty("status").GetString());
        Assert.Equal(2, ready.GetProperty("practices").GetInt32());
        Assert.Equal(["status", "catalogue", "practices", "upgrading", "failed"], ready.EnumerateObject().Select(p => p.Name));
    }

    [Fact]
    public async Task Metrics_count_by_route_template_name_no_practice_and_hide_under_a_practices_own_name()
    {
        await using var host = await TestHost.StartAsync();
        using var client = await host.SignInAsync(host.North, Roles.Owner);
        using var probe = new HttpClient { BaseAddress = host.Address };
        var id = Guid.CreateVersion7();
        await client.GetAsync($"/files/{id}?q={LogCanary.Token}");

        var text = await probe.GetStringAsync("/metrics");

        Assert.Contains("http_request_duration_seconds_count{method=\"GET\",route=\"/files/{id:guid}\",status=\"404\"} 1", text);
        Assert.Contains("modular_practices{state=\"ready\"} 2", text);
        Assert.Contains($"modular_dead_letters{{practice=\"{host.North.Id}\"}} 0", text);
        Assert.Contains($"modular_messages_waiting{{practice=\"{host.South.Id}\"}} ", text);
        Assert.Contains("modular_database_connections{state=\"", text);
        Assert.DoesNotContain("north", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(id.ToString(), text);
        Assert.DoesNotContain(LogCanary.Token, text);
        Assert.All(text.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches("^(# (HELP|TYPE) .+|[a-z_]+({.+})? [0-9.eE+-]+)$", line));
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/metrics")).StatusCode);
    }

    [Fact]
    public async Task Metrics_are_for_this_computer_and_where_a_token_is_set_for_whoever_has_it()
    {
        await using var host = await TestHost.StartAsync();
        await using var guarded = await TestHost.StartAsync(catalogue: host.Catalogue, options: o => o with { MetricsToken = "long-and-secret" });

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, _ => { }));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(host, r => r.Headers.Host = "metrics.example"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(host, r => r.Headers.Host = "10.0.0.4"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(host, r => r.Headers.Add("X-Forwarded-For", "127.0.0.1")));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(host, r => r.Headers.Add("Forwarded", "for=127.0.0.1")));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(guarded, _ => { }));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(guarded, r => r.Headers.Authorization = new("Bearer", "long-and-wrong")));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(guarded, r => r.Headers.Authorization = new("Bearer", "")));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(guarded, r => r.Headers.Authorization = new("Bearer", "long-and-secret")));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(guarded, r => (r.Headers.Host, r.Headers.Authorization) = ("10.0.0.4", new("Bearer", "long-and-secret"))));
    }

    private static async Task<HttpStatusCode> StatusAsync(TestHost host, Action<HttpRequestMessage> change)
    {
        using var probe = new HttpClient { BaseAddress = host.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        change(request);
        return (await probe.SendAsync(request)).StatusCode;
    }

    [Fact]
    public async Task One_line_a_request_says_template_practice_person_and_correlation_and_never_what_was_asked_for()
    {
        var lines = new ConcurrentQueue<string>();
        await using var host = await TestHost.StartAsync(builder => builder.Logging.AddProvider(LogCanary.Listen(lines)));
        using var client = await host.SignInAsync(host.North, Roles.Owner);
        var correlation = Guid.CreateVersion7();
        lines.Clear();

        using var request = new HttpRequestMessage(HttpMethod.Get, $"/admin/imports?kind={LogCanary.Token}&q={LogCanary.Token}");
        request.Headers.Add("X-Correlation-Id", correlation.ToString());
        var response = await client.Http.SendAsync(request);
        await client.GetAsync($"/nowhere/{LogCanary.Token}");
        await client.GetAsync($"/search?q={LogCanary.Token}");
        await client.GetAsync($"/patients?q={LogCanary.Token}");
        await client.GetAsync($"/files/{LogCanary.Token}");

        Assert.Equal(correlation.ToString(), response.Headers.GetValues("X-Correlation-Id").Single());
        var line = await Until(() => lines.SingleOrDefault(l => l.Contains("GET /admin/imports 200")));
        Assert.Contains($"[north ", line);
        Assert.Contains(correlation.ToString(), line);
        Assert.Contains(await Until(() => lines.FirstOrDefault(l => l.Contains("GET (none) 404"))), lines);
        Assert.DoesNotContain(lines, l => l.Contains(LogCanary.Token, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_row_that_the_database_refuses_leaves_no_value_in_the_log()
    {
        var lines = new ConcurrentQueue<string>();
        await using var host = await TestHost.StartAsync(builder => builder.Logging.AddProvider(LogCanary.Listen(lines)));
        await using var scope = host.Scope(host.North);
        await using var db = RoomsDb.Open(scope.ServiceProvider);
        db.Add(new TestRoom { Name = LogCanary.Token });
        db.Add(new TestRoom { Name = LogCanary.Token });

        var e = await Assert.ThrowsAnyAsync<Exception>(() => db.SaveChangesAsync());

        scope.ServiceProvider.GetRequiredService<ILogger<ObservabilityTests>>().LogError(e, "A save failed");
        Assert.Contains(lines, l => l.Contains("A save failed"));
        Assert.DoesNotContain(lines, l => l.Contains(LogCanary.Token, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The line is written after the answer has gone out.</summary>
    private static async Task<string> Until(Func<string?> line)
    {
        for (var i = 0; i < 10_000; i++)
        {
            if (line() is { } found)
            {
                return found;
            }

            await Task.Yield();
        }

        throw new InvalidOperationException("The line never came.");
    }
}
