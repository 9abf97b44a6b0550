using System.Net;
using Modular.Host.Practices;
using Modular.Sdk;
using Modular.Tests.Bus;
using Modular.Tests.Frame;
using Modular.Tests.Harness;

namespace Modular.Tests.Retention;

/// <summary>A practice with a manager who proposes disposals and an owner who decides on them.</summary>
public abstract class DisposalCase : IAsyncLifetime
{
    private readonly PanelsHost panels = new();

    protected TestClient Manager { get; private set; } = null!;

    protected TestClient Owner { get; private set; } = null!;

    protected TestHost Host => panels.Host;

    protected Practice North => panels.Host.North;

    public async ValueTask InitializeAsync()
    {
        await panels.InitializeAsync();
        Manager = await Host.SignInAsync(North, Roles.Manager);
        Owner = await Host.SignInAsync(North, Roles.Owner);
    }

    public async ValueTask DisposeAsync()
    {
        Manager.Dispose();
        Owner.Dispose();
        await panels.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected static string Records(string run) => $"/retention/records?run={run.Split('/')[^1]}";

    protected async Task<string> ProposeAsync()
    {
        using var answer = await Manager.SubmitAsync(await Manager.PageAsync("/retention"), "form[action='/retention/propose']");
        var run = answer.Headers.Location!.ToString();
        await StateAsync(run, "review");
        return run;
    }

    protected async Task AskAsync(string run)
    {
        using var asked = await Manager.SubmitAsync(await Manager.PageAsync(run), $"form[action='{run}/ask']", ("Why", "Their time is over"));
        Assert.Equal(HttpStatusCode.Redirect, asked.StatusCode);
    }

    protected async Task DecideAsync(string request, string does, string note = "")
    {
        using var decided = await Owner.SubmitAsync(await Owner.PageAsync(request), $"form[action='{request}']", ("does", does), ("Note", note));
        Assert.Equal(HttpStatusCode.Redirect, decided.StatusCode);
    }

    protected async Task<string> RequestAsync() =>
        $"/approvals/{await North.AskAsync<Guid>("select id from core.approvals where kind = 'core.disposal' order by asked_at desc limit 1")}";

    protected Task StateAsync(string run, string state) =>
        North.UntilAsync($"select state from core.disposal_runs where id = '{run.Split('/')[^1]}'", state);
}
