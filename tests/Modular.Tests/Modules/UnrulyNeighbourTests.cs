using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Installed;
using Modular.Host.Slots;
using Modular.Sdk;
using Modular.Sdk.Core;
using Modular.Tests.Bus;
using Modular.Tests.Harness;

namespace Modular.Tests.Modules;

/// <summary>Neighbours that start and then behave badly: each costs its own box, page or queue, and the modules page says what is wrong.</summary>
public sealed class UnrulyNeighbourTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("modules").FullName;

    [Fact]
    public async Task A_slot_or_tile_that_throws_or_never_ends_costs_its_own_box_and_then_rests()
    {
        Plugins.Copy("grumbles", folder);
        Plugins.Copy("panels", folder);
        await using var host = await StartAsync();
        using var desk = await host.SignInAsync(host.North, Roles.FrontDesk);

        for (var i = 0; i < SlotBreaker.Limit; i++)
        {
            var page = await desk.PageAsync($"/panels/pages/{Guid.CreateVersion7().ToString()[..^1]}0");
            Assert.Contains("quick at North Clinic", page.QuerySelector("#slot-panels-quick-panel")!.TextContent, StringComparison.Ordinal);
            Assert.Contains("cannot be shown right now", page.QuerySelector("#slot-grumbles-throwing-panel")!.TextContent, StringComparison.Ordinal);
            Assert.NotNull(page.QuerySelector("#slot-grumbles-endless-panel"));
            Assert.DoesNotContain("CANARY", page.Source.Text, StringComparison.Ordinal);
            Assert.Equal("12", (await desk.PageAsync("/")).QuerySelector("a.tile strong")!.TextContent);
        }

        using var manager = await host.SignInAsync(host.North, Roles.Manager);
        var said = (await manager.PageAsync("/admin/modules")).QuerySelector("#module-grumbles")!.TextContent;
        foreach (var panel in new[] { "throwing-panel", "endless-panel", "throwing-widget", "endless-widget" })
        {
            Assert.Contains($"Its panel {panel} failed or took too long 3 times in a row and rests for a minute", said, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_page_that_throws_is_a_page_of_its_own_and_a_native_library_is_the_modules_own()
    {
        Plugins.Copy("grumbles", folder);
        Plugins.Copy("younger", folder);
        await using var host = await StartAsync();
        using var manager = await host.SignInAsync(host.North, Roles.Manager);

        var failed = await manager.GetAsync("/grumbles/throws");

        Assert.Equal(HttpStatusCode.InternalServerError, failed.StatusCode);
        Assert.DoesNotContain("CANARY", await failed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("the native library works", await manager.Http.GetStringAsync("/grumbles/process", TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.OK, (await manager.GetAsync("/younger/version")).StatusCode);
    }

    [Fact]
    public async Task A_job_and_a_handler_that_fail_for_ever_end_as_failed_messages_while_others_are_handled()
    {
        Plugins.Copy("grumbles", folder);
        Plugins.Copy("facts", folder);
        Plugins.Copy("counting", folder);
        await using var host = await StartAsync();
        using var manager = await host.SignInAsync(host.North, Roles.Manager);
        await manager.SubmitAsync(await manager.PageAsync("/admin/jobs"), "form[action='/admin/jobs/run/grumbles.nightly']");
        await host.PublishAsync(host.North, new RoomChanged(Guid.CreateVersion7(), 1, TestHost.NorthMain, "Room 1", true), new Facts.Messages.NoteFact(1, "one"));

        await host.North.UntilAsync("select count(*) from bus.dead_letters where module = 'grumbles'", 2L);
        await host.North.UntilAsync("select count(*) from facts.facts where text = 'one'", 1L);

        var said = (await manager.PageAsync("/admin/modules")).QuerySelector("#module-grumbles a[href='/admin/dead-letters?q=grumbles']")!;
        Assert.Equal("2", said.TextContent);
    }

    [Fact]
    public async Task A_migration_that_fails_turns_off_its_module_there_and_says_why()
    {
        Plugins.Copy("many", folder, "migrates");
        Plugins.Copy("younger", folder);
        await using var host = await StartAsync();
        using var manager = await host.SignInAsync(host.North, Roles.Manager);

        var card = (await manager.PageAsync("/admin/modules")).QuerySelector("#module-migrates")!;

        Assert.Equal("Not upgraded here", card.QuerySelector("header .tag")!.TextContent.Trim());
        Assert.Contains("column \"name\" of relation \"things\" does not exist", card.QuerySelector(".note.bad")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await manager.GetAsync("/younger/version")).StatusCode);
        Assert.Equal(0L, await host.North.AskAsync<long>("select count(*) from pg_class where relname = 'things'"));
    }

    [Fact]
    public async Task A_module_for_a_lesser_sdk_of_the_major_runs()
    {
        Plugins.Copy("older", folder);
        await using var host = await StartAsync();

        Assert.True(Of(host, "older").Runs, Of(host, "older").Reason);
    }

    [Fact]
    public async Task A_huge_static_file_is_not_served_and_said()
    {
        Plugins.Copy("panels", folder);
        using (var huge = File.Create(Path.Combine(folder, "panels", "wwwroot", "film.bin")))
        {
            huge.SetLength(3L * 1024 * 1024 * 1024);
        }

        await using var host = await StartAsync();
        using var manager = await host.SignInAsync(host.North, Roles.Manager);

        Assert.Equal("Its file wwwroot/film.bin is larger than 25 MB and is not served.", (await manager.PageAsync("/admin/modules")).QuerySelector("#module-panels .note.warn")!.TextContent);
        Assert.Equal(HttpStatusCode.NotFound, (await manager.GetAsync("/_content/panels/x/film.bin")).StatusCode);
    }

    [Theory]
    [InlineData("../../evil")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("pg-catalog")]
    public async Task A_hostile_id_is_shown_as_text_and_touches_nothing(string id)
    {
        Plugins.Copy("many", folder, "hostile");
        var manifest = Path.Combine(folder, "hostile", "module.json");
        await File.WriteAllTextAsync(manifest, (await File.ReadAllTextAsync(manifest)).Replace("\"hostile\"", $"\"{id}\"", StringComparison.Ordinal));
        Plugins.Copy("younger", folder);
        await using var host = await StartAsync();
        using var manager = await host.SignInAsync(host.North, Roles.Manager);

        var page = await manager.PageAsync("/admin/modules");

        Assert.Contains("Its id must be 2 to 40 lower-case letters", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("main script"));
        Assert.Equal(HttpStatusCode.OK, (await manager.GetAsync("/younger/version")).StatusCode);
    }

    [Fact]
    public async Task An_assembly_that_is_none_is_the_modules_own_trouble()
    {
        Plugins.Copy("younger", folder);
        Plugins.Copy("many", folder, "broken");
        await File.WriteAllTextAsync(Path.Combine(folder, "broken", "Modular.Plugins.Many.dll"), "This is not an assembly.");
        await File.WriteAllTextAsync(Path.Combine(folder, "broken", "Modular.Broken.Messages.dll"), "Nor is this.");

        await using var host = await StartAsync();

        Assert.Equal((ModuleStatus.Malfunctioned, true), (Of(host, "broken").Status, Of(host, "younger").Runs));
    }

    private Task<TestHost> StartAsync() => TestHost.StartAsync(
        builder => builder.Services.AddSingleton(BusHost.Quick),
        options: o => o with { ModulesDirectory = folder, SlotBudget = TimeSpan.FromSeconds(1) });

    private static LoadedModule Of(TestHost host, string id) => host.Services.GetRequiredService<InstalledModules>().Find(id)!;

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
