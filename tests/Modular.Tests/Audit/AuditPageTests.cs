using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Modular.Host.Data;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Audit;

public sealed class AuditPageTests(SharedHost shared)
{
    private TestHost Host => shared.Host;

    [Fact]
    public async Task The_privacy_officer_finds_who_saw_a_patient_and_whom_a_person_saw_and_looking_is_logged()
    {
        var patient = Guid.CreateVersion7();
        var nora = Guid.CreateVersion7();
        await using (var scope = Host.Person(Host.North, nora, []))
        {
            scope.ServiceProvider.GetRequiredService<IAccessLog>().Viewed(patient, "insurance card", "called the payer");
            await scope.ServiceProvider.GetRequiredService<Work>().FlushAsync();
        }

        using var client = await Host.SignInAsync(Host.North, Roles.Owner);
        var byPatient = await client.PageAsync($"/admin/audit?patient={patient}");
        var byPerson = await client.PageAsync($"/admin/audit?person={nora}&log=access");

        foreach (var page in new[] { byPatient, byPerson })
        {
            var row = Assert.Single(page.QuerySelectorAll("tbody tr"));
            Assert.Contains("Nora Quist", row.TextContent);
            Assert.Contains("insurance card", row.TextContent);
            Assert.Contains("called the payer", row.TextContent);
        }

        var again = await client.PageAsync($"/admin/audit?patient={patient}");
        Assert.Contains(again.QuerySelectorAll("tbody tr"), r => r.TextContent.Contains("access log") && r.TextContent.Contains("admin › audit"));
    }

    [Fact]
    public async Task Another_practice_sees_nothing_of_it()
    {
        var patient = Guid.CreateVersion7();
        await using (var scope = Host.Person(Host.North, Guid.CreateVersion7(), []))
        {
            scope.ServiceProvider.GetRequiredService<IAccessLog>().Viewed(patient, "chart");
            await scope.ServiceProvider.GetRequiredService<Work>().FlushAsync();
        }

        using var client = await Host.SignInAsync(Host.South, Roles.Owner);

        Assert.Empty((await client.PageAsync($"/admin/audit?patient={patient}")).QuerySelectorAll("tbody tr"));
    }

    [Theory]
    [InlineData("/admin/audit")]
    [InlineData("/admin/audit/export")]
    [InlineData("/admin/settings")]
    [InlineData("/admin/imports")]
    public async Task The_front_desk_has_no_business_there(string url)
    {
        using var client = await Host.SignInAsync(Host.North, Roles.FrontDesk);

        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync(url)).StatusCode);
    }

    [Theory]
    [InlineData("?log=' or true --")]
    [InlineData("?patient=x&person=y&row=z")]
    [InlineData("?from=9999-99-99&page=-5")]
    public async Task Filters_that_make_no_sense_do_no_harm(string query)
    {
        using var client = await Host.SignInAsync(Host.North, Roles.Owner);

        await client.PageAsync("/admin/audit" + query);
    }

    [Fact]
    public async Task A_file_is_opened_through_its_owner_and_every_opening_is_in_the_access_log()
    {
        var patient = Guid.CreateVersion7();
        var file = await Save("%PDF-1.4 card"u8.ToArray(), "card.pdf", new("core.audit.read", patient, "insurance card"));
        using var allowed = await Host.SignInAsync(Host.North, Roles.Owner);
        using var other = await Host.SignInAsync(Host.North, Roles.FrontDesk);
        using var elsewhere = await Host.SignInAsync(Host.South, Roles.Owner);

        var response = await allowed.GetAsync($"/files/{file.Id}");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("%PDF-1.4 card", await response.Content.ReadAsStringAsync());
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"/files/{file.Id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await elsewhere.GetAsync($"/files/{file.Id}")).StatusCode);
        var seen = Assert.Single((await allowed.PageAsync($"/admin/audit?patient={patient}&log=access")).QuerySelectorAll("tbody tr"));
        Assert.Contains("insurance card", seen.TextContent);
    }

    [Fact]
    public async Task Text_is_never_shown_in_the_page_and_runs_nothing()
    {
        var file = await Save("name,phone\nx,y"u8.ToArray(), "list.csv", new("core.audit.read"));
        using var client = await Host.SignInAsync(Host.North, Roles.Owner);

        var response = await client.GetAsync($"/files/{file.Id}");

        Assert.Equal("attachment", response.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Contains("sandbox", response.Headers.GetValues("Content-Security-Policy").Single());
    }

    private async Task<StoredFile> Save(byte[] content, string name, FileOwner owner)
    {
        await using var scope = Host.Scope(Host.North);
        return await scope.ServiceProvider.GetRequiredService<IFiles>().SaveAsync(new MemoryStream(content), name, owner);
    }
}
