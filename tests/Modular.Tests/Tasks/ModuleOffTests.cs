using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Enabling;
using Modular.Sdk;
using Modular.Tests.Bus;
using Modular.Tests.Harness;

namespace Modular.Tests.Tasks;

/// <summary>What a module asked of people before it was turned off.</summary>
public sealed class ModuleOffTests : IAsyncLifetime
{
    private const string Kept = "Call Ada about her referral";
    private const string Ended = "Ask Harbor Cardiology for the report";
    private readonly Guid ended = Guid.CreateVersion7();
    private TestHost host = null!;

    public async ValueTask InitializeAsync()
    {
        host = await TestHost.StartAsync();
        await host.North.Database.CreateCommand($"""
            insert into core.tasks (id, module, kind, entity_id, title, link, permission, role, created_at) values
                (gen_random_uuid(), 'referrals', 'report', gen_random_uuid(), '{Kept}', '/referrals/worklist', 'referrals.referral.send', 'front-desk', now()),
                ('{ended}', 'referrals', 'report', gen_random_uuid(), '{Ended}', '/referrals/worklist', 'referrals.referral.send', 'front-desk', now())
            """).ExecuteNonQueryAsync();
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Stays_marked_until_somebody_ends_it_and_is_the_modules_again_when_it_comes_back()
    {
        var enabling = host.Services.GetRequiredService<ModuleEnabling>();
        await enabling.DisableAsync(host.North, "referrals", Actor.System("test"), default);
        using var desk = await host.SignInAsync(host.North, Roles.FrontDesk);
        using var hr = await host.SignInAsync(host.North, Roles.Hr);
        using var owner = await host.SignInAsync(host.North, Roles.Owner);

        var inbox = await desk.PageAsync("/inbox");
        Assert.Equal(2, inbox.QuerySelectorAll("tbody tr").Count(r => r.TextContent.Contains("is off", StringComparison.Ordinal)));
        Assert.Empty(inbox.QuerySelectorAll("tbody a[href='/referrals/worklist']"));
        Assert.Contains(Kept, (await owner.PageAsync("/inbox?view=all")).Body!.TextContent);
        Assert.DoesNotContain(Kept, (await hr.PageAsync("/inbox?view=all")).Body!.TextContent);
        Assert.Contains("is off", (await desk.PageAsync("/")).QuerySelector("section[aria-labelledby=work]")!.TextContent);

        var form = FormFields.Of((AngleSharp.Html.Dom.IHtmlFormElement)inbox.QuerySelector("form#bulk")!);
        form.RemoveAll(f => f.Key == "id");
        using var done = await desk.Http.PostAsync("/inbox/done", new FormUrlEncodedContent([.. form, new("id", $"{ended}")]));
        Assert.Equal(HttpStatusCode.Redirect, done.StatusCode);
        Assert.Equal("Test north.front-desk.all", await host.North.AskAsync<string>($"select person_name from audit.entries where row_id = '{ended}' and what = 'task done while its module was off'"));

        await enabling.EnableAsync(host.North, "referrals", null, Actor.System("test"), default);
        await host.North.UntilAsync("select state from core.modules where module = 'referrals'", "on");
        var back = await desk.PageAsync("/inbox");
        Assert.Equal(Kept, Assert.Single(back.QuerySelectorAll("tbody a[href='/referrals/worklist']")).TextContent);
        Assert.DoesNotContain("is off", back.Body!.TextContent);
        Assert.DoesNotContain(Ended, back.Body.TextContent);
    }
}
