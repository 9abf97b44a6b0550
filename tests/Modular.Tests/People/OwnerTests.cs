using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.People;
using Modular.Host.Practices;
using Modular.Sdk;
using Modular.Tests.Bus;
using Modular.Tests.Harness;
using Npgsql;

namespace Modular.Tests.People;

/// <summary>Owners are not locked out of their own practice, whoever tries, in whatever way, and at the same moment.</summary>
public sealed class OwnerTests : IAsyncLifetime
{
    private TestHost host = null!;

    public async ValueTask InitializeAsync() => host = await TestHost.StartAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Theory]
    [InlineData("deactivate")]
    [InlineData("end")]
    [InlineData("edit")]
    [InlineData("limit")]
    [InlineData("reset")]
    public async Task Two_owners_who_act_upon_each_other_at_once_leave_one(string act)
    {
        var (one, two) = (await host.People.AddAsync(host.North, "one", [Roles.Owner]), await host.People.AddAsync(host.North, "two", [Roles.Owner]));
        using var first = host.Client(host.North);
        using var second = host.Client(host.North);
        await TestPeople.SignInAsync(first, one.UserName!);
        await TestPeople.SignInAsync(second, two.UserName!);
        var pages = (await first.PageAsync($"/admin/people/edit/{two.Id}"), await second.PageAsync($"/admin/people/edit/{one.Id}"));

        await Task.WhenAll(Act(first, pages.Item1), Act(second, pages.Item2));

        Assert.Equal(1L, await host.North.AskAsync<long>("""
            select count(*) from core.people p join core.person_roles r on r.person_id = p.id and r.preset = 'owner'
            where p.active and p.all_locations and p.sign_in_ends_at is null and p.password_hash is not null
            """));

        Task<HttpResponseMessage> Act(TestClient client, AngleSharp.Html.Dom.IHtmlDocument page) => act switch
        {
            "end" => client.SubmitAsync(page, "form#end", ("day", "t+7"), ("time", "6 pm")),
            "edit" => client.SubmitAsync(page, "form#edit", ("Form.Presets", Roles.Manager)),
            "limit" => client.SubmitAsync(page, "form#edit", ("Form.AllLocations", "false"), ("Form.Locations", $"{TestHost.NorthLake}")),
            _ => client.SubmitAsync(page, $"form#{act}"),
        };
    }

    [Theory]
    [InlineData("update core.people set active = false where id = $1", "update core.people set all_locations = false where id = $1")]
    [InlineData("delete from core.person_roles where person_id = $1", "update core.people set sign_in_ends_at = now() where id = $1")]
    [InlineData("delete from core.people where id = $1", "delete from core.person_roles where person_id = $1")]
    public async Task The_database_keeps_one_even_from_what_forgets_to_ask(string first, string second)
    {
        var (one, two) = (await host.People.AddAsync(host.North, "one", [Roles.Owner]), await host.People.AddAsync(host.North, "two", [Roles.Owner]));
        await using var a = await host.North.Database.OpenConnectionAsync();
        await using var b = await host.North.Database.OpenConnectionAsync();
        await using var here = await a.BeginTransactionAsync();
        await using var there = await b.BeginTransactionAsync();
        await RunAsync(a, first, one.Id);
        await RunAsync(b, second, two.Id);
        await here.CommitAsync();

        var refused = await Assert.ThrowsAsync<PostgresException>(() => there.CommitAsync());

        Assert.Equal("people_keep_an_owner", refused.ConstraintName);
    }

    [Fact]
    public async Task An_owner_without_a_way_to_sign_in_is_no_owner_to_leave_the_practice_to()
    {
        var owner = await host.People.EnsureAsync(host.North, Roles.Owner);
        using var client = await host.SignInAsync(host.North, Roles.Owner);
        await client.SubmitAsync(await client.PageAsync("/admin/people/invite"), "form#invite", ("Form.Name", "Invited"), ("Form.SignInName", "invited.owner"), ("Form.Presets", Roles.Owner));

        using var left = await client.SubmitAsync(await client.PageAsync($"/admin/people/edit/{owner.Id}"), "form#deactivate");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, left.StatusCode);
        Assert.Contains("last owner", await left.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_console_lets_the_only_owner_in_again()
    {
        var owner = await host.People.EnsureAsync(host.North, Roles.Owner);
        await using var scope = host.Services.OpenScope(host.North, Actor.System("command line"));
        var admin = scope.ServiceProvider.GetRequiredService<PeopleAdmin>();

        var link = await admin.ResetAsync((await admin.FindAsync(owner.UserName!))!, dropSecondFactor: true);

        using var client = host.Client(host.North);
        Assert.Equal("/", (await client.SubmitAsync(await client.PageAsync(link), "form#welcome", ("password", "paper lantern over a creek"))).Headers.Location!.ToString());
        await client.PageAsync("/admin/people");
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, Guid id)
    {
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = id } } };
        await command.ExecuteNonQueryAsync();
    }
}
