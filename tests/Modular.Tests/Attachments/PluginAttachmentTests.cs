using System.Net;
using Modular.Sdk;
using Modular.Tests.Frame;
using Modular.Tests.Harness;
using static Modular.Tests.Attachments.ReferralFiles;

namespace Modular.Tests.Attachments;

/// <summary>A plugin's own record takes files by one declaration and one tag; they go where it goes.</summary>
public sealed class PluginAttachmentTests(PanelsHost own) : IClassFixture<PanelsHost>
{
    private TestHost Host => own.Host;

    [Fact]
    public async Task Files_of_a_plugins_record_follow_it_to_another_patient_and_go_with_it()
    {
        using var desk = await Host.SignInAsync(Host.North, Roles.FrontDesk);
        var (row, address) = await PlantAsync(30);
        await PostAsync(desk, address, $"/attachments/panels.copay/{row}", "files", [("Receipt.pdf", Pdf($"{row}"))]);
        Assert.Equal("Receipt", (await desk.PageAsync(address)).QuerySelector("#attachments tbody th a")!.TextContent.Trim());

        var patient = Guid.CreateVersion7();
        await PostAsync(desk, address, address, "none", [], ("patient", $"{patient}"));
        Assert.Equal(1L, await Host.North.AskAsync<long>($"select count(*) from core.attachments a join core.file_owners o using (patient_id) where a.row_id = '{row}' and a.patient_id = '{patient}'"));

        await PostAsync(desk, address, $"{address}/delete", "none", []);
        Assert.Equal(0L, await Host.North.AskAsync<long>($"select count(*) from core.attachments where row_id = '{row}'"));
        Assert.Equal(0L, await Host.North.AskAsync<long>($"select count(*) from core.file_owners where patient_id = '{patient}'"));
        Assert.Equal(0L, await Host.North.AskAsync<long>("select count(*) from core.file_contents c where not exists (select from core.files f where f.sha256 = c.sha256)"));
    }

    [Fact]
    public async Task A_record_that_says_so_takes_no_more_files()
    {
        using var desk = await Host.SignInAsync(Host.North, Roles.FrontDesk);
        var (row, address) = await PlantAsync(0);

        Assert.Null((await desk.PageAsync(address)).QuerySelector("#attachments form"));
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(desk, address, $"/attachments/panels.copay/{row}", "files", [("Receipt.pdf", Pdf("late"))])).StatusCode);
    }

    [Fact]
    public async Task Calls_about_a_plugins_record_are_noted_on_its_page_and_its_own_log_joins_them()
    {
        using var desk = await Host.SignInAsync(Host.North, Roles.FrontDesk);
        var (row, address) = await PlantAsync(900);
        var write = await desk.PageAsync($"/contact-log/write?kind=panels.copay&row={row}");
        await desk.SubmitAsync(write, "form[action='/contact-log/write']", ("Form.Whom", "Harbor Health"), ("Form.About", "Refund"));
        await PostAsync(desk, address, address, "none", [], ("patient", $"{Guid.CreateVersion7()}"));

        var log = (await desk.PageAsync(address)).QuerySelector("#contact-log")!;
        Assert.Contains("Refund, reached", log.TextContent, StringComparison.Ordinal);
        Assert.Equal(address, log.QuerySelectorAll("a").Single(a => a.TextContent == "Large copay").GetAttribute("href"));

        await PostAsync(desk, address, $"{address}/delete", "none", []);
        Assert.Equal(0L, await Host.North.AskAsync<long>("select count(*) from core.contact_notes where source = 'panels.asked'"));
        Assert.Equal("Copay of 900.00", await Host.North.AskAsync<string>($"select name from core.contact_subjects where row_id = '{row}'"));
    }

    private async Task<(Guid Row, string Address)> PlantAsync(int amount)
    {
        var row = Guid.CreateVersion7();
        await Host.North.AskAsync<Guid>($"insert into panels.copays (id, visit_id, place, amount) values ('{row}', '{row}', 'desk', {amount}) returning id");
        return (row, $"/panels/copays/{row}");
    }
}
