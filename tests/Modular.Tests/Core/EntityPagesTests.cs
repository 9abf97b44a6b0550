using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Core;
using Modular.Sdk;
using Modular.Tests.Bus;
using Modular.Tests.Harness;

namespace Modular.Tests.Core;

/// <summary>Legal entities and cost centers: their pages, and what modules are told.</summary>
public sealed class EntityPagesTests(SharedHost shared)
{
    private TestHost Host => shared.Host;

    [Fact]
    public async Task A_practice_with_one_entity_is_never_asked_which()
    {
        using var manager = await Host.SignInAsync(Host.South, Roles.Manager);
        foreach (var form in new[] { "/admin/locations/edit", "/admin/staff/edit", "/admin/cost-centres/edit" })
        {
            Assert.Null((await manager.PageAsync(form)).QuerySelector("[name=EntityId]"));
        }

        var name = $"Place {Guid.NewGuid():N}";
        await manager.SubmitAsync(await manager.PageAsync("/admin/locations/edit"), "main form", ("Name", name));

        Assert.True(await Host.South.AskAsync<bool>($"select e.main from core.locations l join core.legal_entities e on e.id = l.entity_id where l.name = '{name}'"));
        Assert.Equal(1L, await Host.South.AskAsync<long>("select count(*) from core.legal_entities where main"));
    }

    [Fact]
    public async Task A_second_entity_is_offered_where_things_belong_to_one_and_modules_are_told()
    {
        using var manager = await Host.SignInAsync(Host.North, Roles.Manager);
        var (name, place) = ($"North Surgery {Guid.NewGuid():N}", $"Suite {Guid.NewGuid():N}");
        var added = await manager.SubmitAsync(await manager.PageAsync("/admin/entities/edit"), "main form",
            ("Name", name), ("TaxId", "12-3456789"), ("Npi", "1234567893"), ("FiscalMonth", "7"), ("State", "OH"), ("Zip", "44001-0120"));
        Assert.Equal(HttpStatusCode.Redirect, added.StatusCode);
        var id = await Host.North.AskAsync<Guid>($"select id from core.legal_entities where name = '{name}'");

        await manager.SubmitAsync(await manager.PageAsync("/admin/locations/edit"), "main form", ("Name", place), ("EntityId", id.ToString()));
        var refused = await manager.SubmitAsync(await manager.PageAsync("/admin/locations/edit"), "main form", ("Name", $"{place} b"), ("EntityId", Guid.NewGuid().ToString()));

        Assert.Contains("Choose an entity from the list.", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await using var scope = Host.Scope(Host.North);
        var entity = (await ActivatorUtilities.CreateInstance<EntitySnapshot>(scope.ServiceProvider).PageAsync(null, null, 1000, default)).Single(r => r.Message.EntityId == id).Message;
        Assert.Equal((name, "123456789", "1234567893", 7, false, "440010120"), (entity.Name, entity.TaxId, entity.Npi, entity.FiscalMonth, entity.Main, entity.Zip));
        var location = (await ActivatorUtilities.CreateInstance<SiteSnapshot>(scope.ServiceProvider).PageAsync(null, null, 1000, default)).Single(r => r.Message.Name == place).Message;
        Assert.Equal(id, location.EntityId);

        var closed = await manager.SubmitAsync(await manager.PageAsync($"/admin/entities/edit/{id}"), "main form", ("Active", "false"));
        Assert.Contains("still belong to this entity", await closed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_main_entity_is_not_closed_and_no_two_have_one_name()
    {
        using var manager = await Host.SignInAsync(Host.South, Roles.Manager);
        var (main, name) = (await Host.South.AskAsync<Guid>("select id from core.legal_entities where main"), await Host.South.AskAsync<string>("select name from core.legal_entities where main"));

        var closed = await manager.SubmitAsync(await manager.PageAsync($"/admin/entities/edit/{main}"), "main form", ("Active", "false"));
        var again = await manager.SubmitAsync(await manager.PageAsync("/admin/entities/edit"), "main form", ("Name", name.ToUpperInvariant()));
        var wrong = await manager.SubmitAsync(await manager.PageAsync("/admin/entities/edit"), "main form", ("Name", "New"), ("Npi", "1234567890"));

        Assert.Contains("cannot be closed", await closed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("Another entity has this name.", await again.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("check digit", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cost_center_is_kept_by_its_code_and_told_to_modules()
    {
        using var manager = await Host.SignInAsync(Host.South, Roles.Manager);
        var code = Guid.NewGuid().ToString("N")[..8];
        await manager.SubmitAsync(await manager.PageAsync("/admin/cost-centres/edit"), "main form", ("Code", code), ("Name", "Laboratory"));
        var again = await manager.SubmitAsync(await manager.PageAsync("/admin/cost-centres/edit"), "main form", ("Code", code.ToUpperInvariant()), ("Name", "Other"));

        Assert.Contains("Another cost center has this code.", await again.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("Laboratory", (await manager.PageAsync("/admin/cost-centres")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        await using var scope = Host.Scope(Host.South);
        var told = (await ActivatorUtilities.CreateInstance<CostCentreSnapshot>(scope.ServiceProvider).PageAsync(null, null, 1000, default)).Single(r => r.Message.Code == code).Message;
        Assert.Equal(("Laboratory", null, true), (told.Name, told.EntityId, told.Active));
    }

    [Fact]
    public async Task Who_manages_one_place_changes_no_entity()
    {
        using var one = await Host.SignInAsync(Host.North, Roles.Manager, [TestHost.NorthMain]);
        Assert.Equal(HttpStatusCode.Redirect, (await one.GetAsync("/admin/entities/edit")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await one.GetAsync("/admin/cost-centres/edit")).StatusCode);
    }
}
