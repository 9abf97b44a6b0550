using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Modular.Host.Webhooks;

namespace Modular.Tests.Harness;

public sealed record WebhookCall(string Id, string Signature, string Body);

/// <summary>Somebody's server.</summary>
public sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly SemaphoreSlim came = new(0);
    private readonly SemaphoreSlim hangs = new(0);
    private WebApplication app = null!;

    public ConcurrentQueue<WebhookCall> Calls { get; } = new();

    /// <summary>The next answers, and what is answered when they are used up.</summary>
    public ConcurrentQueue<int> Answers { get; } = new();

    public int Otherwise { get; set; } = 200;

    /// <summary>An address that takes the request and never answers.</summary>
    public string Hanging => $"{app.Urls.First()}/hang";

    public string Url => $"{app.Urls.First()}/hook";

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.MapPost("/hook", TakeAsync);
        app.MapGet("/elsewhere", () => "ok");
        app.MapPost("/hang", HangAsync);
        await app.StartAsync();
    }

    public void Forget(int otherwise)
    {
        Otherwise = otherwise;
        Calls.Clear();
        while (came.Wait(0))
        {
            // Counted with the calls that are forgotten.
        }
    }

    public async Task<WebhookCall> NextAsync()
    {
        Assert.True(await came.WaitAsync(TimeSpan.FromSeconds(20)), "Nothing came.");
        Assert.True(Calls.TryDequeue(out var call));
        return call;
    }

    /// <summary>Until so many requests hang.</summary>
    public async Task HangsAsync(int many)
    {
        for (var i = 0; i < many; i++)
        {
            Assert.True(await hangs.WaitAsync(TimeSpan.FromSeconds(20)), "Nothing hangs.");
        }
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task HangAsync(HttpContext http)
    {
        hangs.Release();
        await new TaskCompletionSource().Task.WaitAsync(http.RequestAborted);
    }

    private async Task<IResult> TakeAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        Calls.Enqueue(new(request.Headers[WebhookDueHandler.IdHeader].ToString(), request.Headers[WebhookDueHandler.SignatureHeader].ToString(), await reader.ReadToEndAsync()));
        came.Release();
        var status = Answers.TryDequeue(out var next) ? next : Otherwise;
        return status == 302 ? Results.Redirect("/elsewhere") : Results.StatusCode(status);
    }
}
