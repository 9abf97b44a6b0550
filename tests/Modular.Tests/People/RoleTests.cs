using System.Net;
using AngleSharp.Html.Dom;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.People;
using Modular.Host.Practices;
using Modular.Host.Rights;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.People;

public sealed class RoleTests : IAsyncLifetime
{
    private TestHost host = null!;

    public async ValueTask InitializeAsync() => host = await TestHost.StartAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Theory]
    [InlineData(Roles.Manager, Roles.Owner)]
    [InlineData(Roles.Hr, Roles.FrontDesk)]
    [InlineData(Roles.Hr, Roles.Manager)]
    public async Task Nobody_invites_somebody_into_a_role_beyond_their_own(string inviter, string wanted)
    {
        using var client = await host.SignInAsync(host.North, inviter);
        var answer = await client.SubmitAsync(await client.PageAsync("/admin/people/invite"), "form#invite",
            ("Form.Name", "Climber"), ("Form.SignInName", $"climber.{wanted}"), ("Form.Presets", wanted));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Null(await FindAsync($"climber.{wanted}"));
    }

    [Fact]
    public async Task Nobody_takes_over_an_owner_by_resetting_or_editing_them()
    {
        var owner = await host.People.EnsureAsync(host.North, Roles.Owner);
        using var manager = await host.SignInAsync(host.North, Roles.Manager);
        // The forms of somebody whom the manager may change, bent towards the owner, of whom the page offers none of it.
        Assert.Empty((await manager.PageAsync($"/admin/people/edit/{owner.Id}")).QuerySelectorAll("form#reset, form#deactivate, form#edit"));
        var nurse = await host.People.AddAsync(host.North, "shown", [Roles.Nurse]);
        var page = await manager.PageAsync($"/admin/people/edit/{nurse.Id}");
        foreach (var (form, fields) in new[] { ("reset", Array.Empty<(string, string)>()), ("deactivate", []), ("edit", [("Form.Presets", Roles.Manager)]) })
        {
            var element = page.QuerySelector($"form#{form}")!;
            element.SetAttribute("action", element.GetAttribute("action")!.Replace($"{nurse.Id}", $"{owner.Id}", StringComparison.Ordinal));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await manager.SubmitAsync(page, $"form#{form}", fields)).StatusCode);
        }

        using var still = await host.SignInAsync(host.North, Roles.Owner);
        await still.PageAsync("/admin/people");
    }

    [Fact]
    public async Task The_last_owner_stays_one()
    {
        var owner = await host.People.EnsureAsync(host.North, Roles.Owner);
        using var client = await host.SignInAsync(host.North, Roles.Owner);
        var page = await client.PageAsync($"/admin/people/edit/{owner.Id}");

        var left = await client.SubmitAsync(page, "form#deactivate");
        Assert.Contains("last owner", await left.Content.ReadAsStringAsync());
        var lowered = await client.SubmitAsync(page, "form#edit", ("Form.Presets", Roles.Manager));
        Assert.Contains("last owner", await lowered.Content.ReadAsStringAsync());

        await host.People.AddAsync(host.North, "second.owner", [Roles.Owner]);
        Assert.Equal(HttpStatusCode.Redirect, (await client.SubmitAsync(page, "form#deactivate")).StatusCode);
    }

    [Fact]
    public async Task Somebody_of_one_place_gives_no_other_place()
    {
        using var manager = await host.SignInAsync(host.North, Roles.Manager, [TestHost.NorthLake]);
        var page = await manager.PageAsync("/admin/people/invite");

        var all = await manager.SubmitAsync(page, "form#invite", ("Form.Name", "A"), ("Form.SignInName", "place.all"), ("Form.Presets", Roles.FrontDesk), ("Form.AllLocations", "true"));
        var other = await manager.SubmitAsync(page, "form#invite", ("Form.Name", "B"), ("Form.SignInName", "place.other"), ("Form.Presets", Roles.FrontDesk),
            ("Form.AllLocations", "false"), ("Form.Locations", TestHost.NorthMain.ToString()));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, all.StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
        Assert.Null(await FindAsync("place.all"));
        Assert.Null(await FindAsync("place.other"));
    }

    [Fact]
    public async Task A_change_of_roles_counts_from_the_next_click_on_every_host()
    {
        await using var second = await TestHost.StartAsync(catalogue: host.Catalogue);
        var person = await host.People.AddAsync(host.North, "moved", [Roles.FrontDesk]);
        using var client = host.Client(host.North);
        using var elsewhere = second.Client(second.North);
        await TestPeople.SignInAsync(client, person.UserName!);
        await TestPeople.SignInAsync(elsewhere, person.UserName!);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/scheduling/days")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await elsewhere.GetAsync("/scheduling/days")).StatusCode);
        using var owner = await host.SignInAsync(host.North, Roles.Owner);

        await owner.SubmitAsync(await owner.PageAsync($"/admin/people/edit/{person.Id}"), "form#edit", ("Form.Presets", Roles.Hr));

        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync("/scheduling/days")).StatusCode);
        var status = HttpStatusCode.OK;
        for (var i = 0; i < 300 && status != HttpStatusCode.Forbidden; i++)
        {
            status = (await elsewhere.GetAsync("/scheduling/days")).StatusCode;
        }

        Assert.Equal(HttpStatusCode.Forbidden, status);
    }

    [Fact]
    public async Task A_custom_role_has_what_was_ticked_gains_nothing_silently_and_says_what_is_new()
    {
        using var owner = await host.SignInAsync(host.North, Roles.Owner);
        var form = await owner.PageAsync($"/admin/roles/edit?from={Roles.FrontDesk}");
        Assert.Equal(HttpStatusCode.Redirect, (await owner.SubmitAsync(form, "form#role", ("Form.Name", "Float pool"))).StatusCode);
        var role = await RoleAsync("Float pool");
        var person = await host.People.AddAsync(host.North, "floater", []);
        await RunAsync("insert into core.person_roles (id, person_id, role_id) values (gen_random_uuid(), $1, $2)", person.Id, role);
        using var client = host.Client(host.North);
        await TestPeople.SignInAsync(client, person.UserName!);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/scheduling/days")).StatusCode);

        // As if the module had brought the permission with an upgrade after the role was saved.
        await RunAsync("delete from core.role_grants where role_id = $1 and permission = 'scheduling.visit.read'", role);
        await host.Services.GetRequiredService<PracticeRegistry>().ChangedAsync(host.North, default);

        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync("/scheduling/days")).StatusCode);
        Assert.Contains("1 new permission to review", (await owner.PageAsync("/admin/roles")).Body!.TextContent);
        await owner.SubmitAsync(await owner.PageAsync($"/admin/roles/edit/{role}"), "form#role", ("Form.Granted", "scheduling.visit.read"));
        Assert.DoesNotContain("to review", (await owner.PageAsync("/admin/roles")).QuerySelector(".note")?.TextContent ?? "");
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/scheduling/days")).StatusCode);
    }

    [Fact]
    public async Task Nobody_puts_into_a_role_what_they_lack()
    {
        using var hr = await host.SignInAsync(host.North, Roles.Hr);
        var page = await hr.PageAsync("/admin/roles/edit");
        Assert.NotNull(page.QuerySelector("input[name='Form.Granted'][value='patients.patient.read'][disabled]"));

        var answer = await hr.SubmitAsync(page, "form#role", ("Form.Name", "Back door"), ("Form.Shown", "patients.patient.read"),
            ("Form.Granted", "patients.patient.read"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("You cannot give what you do not have yourself", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_matrix_shows_every_permission_of_every_enabled_module_for_every_preset()
    {
        using var owner = await host.SignInAsync(host.North, Roles.Owner);
        var page = await owner.PageAsync("/admin/roles");
        var modules = host.Services.GetRequiredService<Modular.Host.Installed.InstalledModules>();
        foreach (var permission in RolePermissions.Declared(modules, host.North))
        {
            var row = page.QuerySelector($"th[title='{permission.Id}']")?.ParentElement;
            Assert.True(row is not null, $"{permission.Id} is missing from the matrix.");
            var cells = row.QuerySelectorAll("td").Select(td => td.TextContent.Contains("yes", StringComparison.Ordinal)).Take(Roles.All.Count);
            Assert.Equal(Roles.All.Select(preset => preset == Roles.Owner || permission.Presets.Contains(preset)), cells);
        }
    }

    private async Task<Person?> FindAsync(string name)
    {
        await using var scope = host.Scope(host.North);
        return await scope.ServiceProvider.GetRequiredService<PeopleAdmin>().FindAsync(name);
    }

    private async Task<Guid> RoleAsync(string name)
    {
        await using var command = host.North.Database.CreateCommand("select id from core.roles where name = $1");
        command.Parameters.Add(new() { Value = name });
        return (Guid)(await command.ExecuteScalarAsync())!;
    }

    private async Task RunAsync(string sql, params object[] values)
    {
        await using var command = host.North.Database.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        await command.ExecuteNonQueryAsync();
    }
}
