using System.Net;
using Modular.Sdk;
using Modular.Tests.Bus;
using Modular.Tests.Frame;
using Modular.Tests.Harness;
using Modular.Tests.Queues;

namespace Modular.Tests.Approvals;

/// <summary>A module from outside the repository asks for a decision and carries it out.</summary>
public sealed class PluginApprovalTests(PanelsHost panels) : IClassFixture<PanelsHost>
{
    private readonly ChoreRows chores = new(panels.Host);

    [Theory]
    [InlineData("approve", true)]
    [InlineData("reject", false)]
    public async Task What_another_person_decides_is_carried_out_once_and_a_second_request_waits_for_the_first(string does, bool dropped)
    {
        var chore = await chores.AddAsync($"Oil the door {does}");
        using var desk = await chores.SignInAsync(Roles.FrontDesk);
        using var biller = await chores.SignInAsync(Roles.Biller);
        using var asked = await DropAsync(desk, chore);
        using var again = await DropAsync(desk, chore);
        Assert.Contains("it waits for a decision", await ChoreRows.SaidAsync(desk), StringComparison.Ordinal);
        var request = await panels.Host.North.AskAsync<Guid>($"select id from core.approvals where kind = 'panels.drop-chore' and key = '{chore}'");

        // The desk may not decide; who may finds it in the inbox.
        Assert.Empty((await desk.PageAsync("/inbox")).QuerySelectorAll($"a[href='/approvals/{request}']"));
        Assert.NotEmpty((await biller.PageAsync("/inbox")).QuerySelectorAll($"a[href='/approvals/{request}']"));
        using var decided = await biller.SubmitAsync(await biller.PageAsync($"/approvals/{request}"), $"form[action='/approvals/{request}']", ("does", does), ("Note", "As you say"));
        Assert.Equal(HttpStatusCode.Redirect, decided.StatusCode);

        await panels.Host.North.UntilAsync("select count(*) from bus.wolverine_incoming_envelopes where status <> 'Handled' and message_type like 'core.approval-decided%'", 0L);
        Assert.Equal(dropped, await panels.Host.North.AskAsync<bool>($"select done from panels.chores where id = '{chore}'"));
    }

    private static async Task<HttpResponseMessage> DropAsync(TestClient desk, Guid chore) =>
        await desk.SubmitAsync(await desk.PageAsync($"/panels/chores/{chore}"), "form[action$='/drop']", ("why", "The door is gone"));
}
