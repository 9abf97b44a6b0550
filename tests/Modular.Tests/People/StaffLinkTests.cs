using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Core;
using Modular.Host.Installed;
using Modular.Sdk;
using Modular.Tests.Bus;
using Modular.Tests.Harness;

namespace Modular.Tests.People;

/// <summary>Who signs in is tied to who works here: the name and NPI that their work carries.</summary>
public sealed class StaffLinkTests : IAsyncLifetime
{
    private TestHost host = null!;

    public async ValueTask InitializeAsync() => host = await TestHost.StartAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_person_is_linked_with_a_staff_member_and_the_modules_are_told()
    {
        using var owner = await host.SignInAsync(host.North, Roles.Owner);
        var staff = await StaffAsync(owner, "Vale", "1234567893");
        var person = await host.People.AddAsync(host.North, "vale", [Roles.Provider]);

        var page = await owner.PageAsync($"/admin/people/edit/{person.Id}");
        Assert.Contains("Dr. Evan Vale · NPI 1234567893", page.QuerySelector("select[name='Form.StaffMemberId']")!.TextContent);
        await owner.SubmitAsync(page, "form#edit", ("Form.StaffMemberId", $"{staff}"));

        var again = await owner.PageAsync($"/admin/people/edit/{person.Id}");
        Assert.Equal($"{staff}", again.QuerySelector("select[name='Form.StaffMemberId'] option[selected]")!.GetAttribute("value"));
        Assert.NotNull(again.QuerySelector($"a[href='/admin/staff/edit/{staff}']"));
        await using var scope = host.Scope(host.North);
        var told = await ActivatorUtilities.CreateInstance<PersonSnapshot>(scope.ServiceProvider).PageAsync(null, null, 100, default);
        Assert.Contains(told, r => r.Message is { StaffMemberId: { } id, Active: true } m && id == staff && m.PersonId == person.Id);
    }

    [Fact]
    public async Task A_staff_member_has_one_sign_in()
    {
        using var owner = await host.SignInAsync(host.North, Roles.Owner);
        var staff = await StaffAsync(owner, "Onlyone", "");
        var (first, second) = (await host.People.AddAsync(host.North, "first", [Roles.Nurse]), await host.People.AddAsync(host.North, "second", [Roles.Nurse]));
        var late = await owner.PageAsync($"/admin/people/edit/{second.Id}");
        await owner.SubmitAsync(await owner.PageAsync($"/admin/people/edit/{first.Id}"), "form#edit", ("Form.StaffMemberId", $"{staff}"));

        var refused = await owner.SubmitAsync(late, "form#edit", ("Form.StaffMemberId", $"{staff}"));

        Assert.Contains("Test first already signs in as this staff member.", (await TestClient.ParseAsync(await refused.Content.ReadAsStringAsync())).QuerySelector(".errors")!.TextContent);
        Assert.Equal(1L, await host.North.AskAsync<long>($"select count(*) from core.people where staff_member_id = '{staff}'"));
        Assert.DoesNotContain("Onlyone", (await owner.PageAsync($"/admin/people/edit/{second.Id}")).QuerySelector("select[name='Form.StaffMemberId']")!.TextContent);
    }

    [Fact]
    public void Modules_that_are_enabled_later_learn_of_people_by_snapshot() =>
        Assert.Contains(host.Services.GetRequiredService<InstalledModules>().Core.Declared.Snapshots, s => s.Message == typeof(Modular.Sdk.Core.PersonChanged));

    private async Task<Guid> StaffAsync(TestClient owner, string last, string npi)
    {
        await owner.SubmitAsync(await owner.PageAsync("/admin/staff/edit"), "form[data-guard]", ("FirstName", "Evan"), ("LastName", last), ("Credentials", "MD"), ("Npi", npi));
        return await host.North.AskAsync<Guid>($"select id from core.staff_members where last_name = '{last}'");
    }
}
