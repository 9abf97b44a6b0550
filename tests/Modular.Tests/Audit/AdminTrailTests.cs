using Modular.Sdk;
using Modular.Tests.Bus;
using Modular.Tests.Harness;

namespace Modular.Tests.Audit;

/// <summary>What somebody does to the system itself stands in the change log, with the person's name.</summary>
public sealed class AdminTrailTests
{
    [Fact]
    public async Task Modules_turned_off_and_on_and_filled_anew_leave_entries()
    {
        await using var host = await BusHost.StartAsync();
        using var manager = await host.SignInAsync(host.North, Roles.Manager);
        await manager.SubmitAsync(await manager.PageAsync("/admin/modules/disable/counting"), "form.form");
        await manager.SubmitAsync(await manager.PageAsync("/admin/modules/enable/counting"), "form.form");
        await host.North.UntilAsync("select state from core.modules where module = 'counting'", "on");
        await manager.SubmitAsync(await manager.PageAsync("/admin/modules"), "form[action='/admin/modules/rebuild/counting']");

        Assert.Equal("module filled anew, module turned off, module turned on", await host.North.AskAsync<string>(
            "select string_agg(what, ', ' order by what) from audit.entries where module = 'counting' and log = 'change' and person_id is not null and table_name = 'modules'"));
    }

    [Fact]
    public async Task Failed_messages_tried_again_or_discarded_leave_entries_with_their_ids()
    {
        await using var host = await BusHost.StartAsync();
        await host.PublishAsync(host.North, new Modular.Counting.Messages.Counted(20), new Modular.Counting.Messages.Counted(40));
        await host.North.UntilAsync("select count(*) from bus.dead_letters", 2L);
        using var manager = await host.SignInAsync(host.North, Roles.Manager);
        var ids = await host.North.AskAsync<Guid[]>("select array_agg(letter_id order by letter_id) from bus.dead_letters");

        await manager.SubmitAsync(await manager.PageAsync($"/admin/dead-letters/{ids[0]}"), "form[action='/admin/dead-letters/discard']");
        await manager.SubmitAsync(await manager.PageAsync($"/admin/dead-letters/{ids[1]}"), "form[action='/admin/dead-letters/replay']");

        foreach (var (what, id) in new[] { ("1 failed messages discarded", ids[0]), ("1 failed messages tried again", ids[1]) })
        {
            Assert.Contains($"{id}", await host.North.AskAsync<string>(
                $"select v.body::text from audit.entries e join audit.entry_values v on v.entry_id = e.id where e.what = '{what}'"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_practice_profile_and_a_confirmed_identity_leave_entries()
    {
        await using var host = await TestHost.StartAsync();
        using var owner = await host.SignInAsync(host.North, Roles.Owner);
        await owner.SubmitAsync(await owner.PageAsync("/admin/practice"), "form[data-guard]", ("Phone", "(555) 010-7744"));
        await owner.SubmitAsync(await owner.PageAsync("/account/confirm"), "form[action='/account/confirm']", ("password", TestPeople.Password));

        Assert.Contains("0107744", (await host.North.AskAsync<string>(
            "select v.body::text from audit.entries e join audit.entry_values v on v.entry_id = e.id where e.table_name = 'profile' and e.what = 'changed'")).Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(1L, await host.North.AskAsync<long>("select count(*) from audit.entries where what = 'confirmed who they are' and person_id is not null"));
    }
}
