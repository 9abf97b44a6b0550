using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Practices;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Frame;

public sealed class ProgressTests(SharedHost shared)
{
    private TestHost Host => shared.Host;

    [Fact]
    public async Task Work_is_watched_stopped_and_ended_by_who_started_it()
    {
        var person = await Host.People.EnsureAsync(Host.North, Roles.Biller);
        using var starter = await Host.SignInAsync(Host.North, Roles.Biller);
        using var other = await Host.SignInAsync(Host.North, Roles.FrontDesk);
        var id = await InWorkAsync(person.Id, p => p.BeginAsync("Importing visits.csv", "/inbox", 200));
        await InWorkAsync(person.Id, async p => { await p.ReportAsync(id, 50); return 0; });

        var page = await starter.PageAsync($"/progress/{id}");
        var bar = page.QuerySelector("progress")!;
        var stopped = await starter.SubmitAsync(page, $"form[action='/progress/{id}/cancel']");

        Assert.Equal(("50", "200"), (bar.GetAttribute("value"), bar.GetAttribute("max")));
        Assert.Equal($"core.progress:{id}", page.QuerySelector(".job")!.GetAttribute("data-live"));
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"/progress/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, stopped.StatusCode);
        Assert.True(await InWorkAsync(person.Id, p => p.IsCanceledAsync(id)));

        await InWorkAsync(person.Id, async p => { await p.EndAsync(id, "50 of 200 taken over"); return 0; });
        var ended = await starter.PageAsync($"/progress/{id}");
        Assert.Equal("Stopped", ended.QuerySelector(".job .tag")!.TextContent);
        Assert.Null(ended.QuerySelector("[data-live]"));
    }

    [Fact]
    public async Task A_saved_view_leads_back_to_its_filters_and_belongs_to_its_person()
    {
        using var owner = await Host.SignInAsync(Host.North, Roles.Owner);
        using var desk = await Host.SignInAsync(Host.North, Roles.FrontDesk);
        var page = await owner.PageAsync("/saved-views?list=sample.list&path=/inbox&query=q%3Dfridge");

        var saved = await owner.SubmitAsync(page, "main form[action='/saved-views']", ("Name", "Fridges"));

        Assert.Equal("/inbox?q=fridge", saved.Headers.Location!.ToString());
        Assert.Contains("Fridges", (await owner.PageAsync("/saved-views?list=sample.list&path=/inbox")).QuerySelector("main")!.TextContent);
        Assert.DoesNotContain("Fridges", (await desk.PageAsync("/saved-views?list=sample.list&path=/inbox")).QuerySelector("main")!.TextContent);
    }

    private async Task<T> InWorkAsync<T>(Guid person, Func<IProgress, Task<T>> act)
    {
        await using var scope = Host.Services.OpenScope(Host.North, new Actor { Name = "Test", PersonId = person });
        return await act(scope.ServiceProvider.GetRequiredService<IProgress>());
    }
}
