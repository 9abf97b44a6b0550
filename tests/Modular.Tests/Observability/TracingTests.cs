using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Modular.Sdk;
using Modular.Tests.Harness;
using Modular.Tests.Partners;
using Npgsql;
using OpenTelemetry.Trace;

namespace Modular.Tests.Observability;

/// <summary>What goes out over OTLP, as a receiver gets it: where time is spent, and nothing of anybody.</summary>
[Collection(typeof(TracingTests))]
[CollectionDefinition(DisableParallelization = true)] // The bus's spans have one source a process: those of other tests' hosts would crowd these out.
public sealed class TracingTests
{
    [Fact]
    public async Task Spans_of_requests_queries_and_messages_arrive_and_hold_nothing_that_was_asked_for_or_stored()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var host = await TestHost.StartAsync(
            builder => builder.Configuration["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf", options: o => o with { Telemetry = receiver.Address });
        using var desk = await host.SignInAsync(host.North, Roles.FrontDesk);
        var patient = Guid.CreateVersion7();

        foreach (var address in new[] { $"/patients?q={LogCanary.Token}", $"/patients/charts/{patient}", $"/search?q={LogCanary.Token}", $"/nowhere/{LogCanary.Token}" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { { "User-Agent", LogCanary.Token } } };
            await desk.Http.SendAsync(request);
        }

        await AskWronglyAsync(host);
        HandleWrongly();
        // The span of a request ends after its answer was read.
        var spans = await receiver.TextAsync(host.Services.GetRequiredService<TracerProvider>(), "GET patients/charts/{id:guid}", "GET search");
        Assert.All(["\u0007modular", "GET patients/charts/{id:guid}", "postgresql", host.North.Row.DatabaseName, "22P02", "handles VisitBooked"], told => Assert.Contains(told, spans, StringComparison.Ordinal));
        Assert.All([LogCanary.Token, patient.ToString(), "select ", "url.path", "url.query", "user_agent", "exception.message"], kept => Assert.DoesNotContain(kept, spans, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>A query whose text, parameter and error hold what nobody else may read.</summary>
    private static async Task AskWronglyAsync(TestHost host)
    {
        await using var connection = await host.North.OpenAsync(default);
        await using var command = new NpgsqlCommand($"select $1::text::int -- {LogCanary.Token}", connection) { Parameters = { new() { Value = LogCanary.Token } } };
        await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteScalarAsync());
    }

    /// <summary>A span as a bus might write it, with more than it should.</summary>
    private static void HandleWrongly()
    {
        using var bus = new ActivitySource("Wolverine");
        using var span = bus.StartActivity("handles VisitBooked")!;
        span.SetTag("messaging.message_type", "scheduling.visit-booked.v1").SetTag("patient", LogCanary.Token).SetStatus(ActivityStatusCode.Error, LogCanary.Token);
        span.AddException(new InvalidOperationException(LogCanary.Token)).AddEvent(new(LogCanary.Token));
    }

    [Fact]
    public async Task Without_an_endpoint_nothing_of_it_is_loaded()
    {
        var folder = Directory.CreateTempSubdirectory("untraced-").FullName;
        var port = Command.FreePort();
        using var host = Command.Start(folder, new()
        {
            ["MODULAR_CONNECTION"] = await TestServer.ConnectionAsync(), ["MODULAR_CATALOGUE"] = $"x{Guid.CreateVersion7():N}"[..20], ["MODULAR_DATA"] = folder, ["OTEL_EXPORTER_OTLP_ENDPOINT"] = null,
        }, "dotnet", [Path.Combine(Path.GetDirectoryName(TestHost.ModulesFolder())!, "Modular.Host.dll"), "serve", "--port", $"{port}"], out var said);
        try
        {
            using var probe = new HttpClient { BaseAddress = new($"http://127.0.0.1:{port}") };
            Assert.True(await Command.UntilAsync(host, async () => (await probe.GetAsync("/health/live")).StatusCode == HttpStatusCode.OK), said());
            var mapped = await File.ReadAllTextAsync($"/proc/{host.Id}/maps");

            Assert.Contains("McMaster.NETCore.Plugins.dll", mapped, StringComparison.Ordinal);
            Assert.DoesNotContain("OpenTelemetry", mapped, StringComparison.Ordinal);
        }
        finally
        {
            await Command.RunAsync("/", [], "kill", "-TERM", $"{host.Id}");
            await host.WaitForExitAsync(CancellationToken.None);
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Takes spans by HTTP and keeps their bytes.</summary>
    private sealed class Receiver(WebApplication app, ConcurrentQueue<byte[]> received) : IAsyncDisposable
    {
        public string Address => app.Urls.Single();

        public static async Task<Receiver> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            var app = builder.Build();
            app.Urls.Add("http://127.0.0.1:0");
            var received = new ConcurrentQueue<byte[]>();
            app.MapPost("/v1/traces", async (HttpRequest request) =>
            {
                using var body = new MemoryStream();
                await request.Body.CopyToAsync(body);
                received.Enqueue(body.ToArray());
            });
            await app.StartAsync();
            return new(app, received);
        }

        /// <summary>What arrived, once all of these did or a minute is over. Texts stand in protobuf as they are.</summary>
        public async Task<string> TextAsync(TracerProvider tracer, params string[] awaited)
        {
            using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
            var text = "";
            for (var tries = 0; tries < 600 && !(text.Length > 0 && awaited.All(a => text.Contains(a, StringComparison.Ordinal))); tries++)
            {
                await tick.WaitForNextTickAsync();
                tracer.ForceFlush();
                text = string.Concat(received.Select(Encoding.Latin1.GetString));
            }

            return text;
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }
}
