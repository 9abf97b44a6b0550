using System.Net;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Billing;

/// <summary>Numbers that claims carry, and what is missing of them.</summary>
public sealed class IdentifierTests(SharedHost shared)
{
    [Fact]
    public async Task What_an_entity_lacks_for_claims_is_said_in_the_list_until_it_is_typed()
    {
        await using var rows = new BillingRows(shared.Host);
        var name = $"Cove {Guid.NewGuid():N}";
        var entity = await rows.AddEntityAsync(name);
        using var manager = await shared.Host.SignInAsync(shared.Host.North, Roles.Manager);
        async Task<string> Line() => (await manager.PageAsync($"/billing/identifiers?q={name}")).QuerySelector("tbody tr")!.TextContent;

        Assert.Contains("tax ID, NPI, taxonomy", await Line(), StringComparison.Ordinal);
        var wrong = await manager.SubmitAsync(await manager.PageAsync($"/billing/identifiers/entity/{entity}"), "form[data-guard]", ("Taxonomy", "207Q"), ("RoutingNumber", "011000016"), ("AccountLast", "12345"));
        var said = await wrong.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.All(new[] { "is no taxonomy code", "is no routing number", "Type the last four digits of the account alone." }, s => Assert.Contains(s, said, StringComparison.Ordinal));

        await manager.SubmitAsync(await manager.PageAsync($"/billing/identifiers/entity/{entity}"), "form[data-guard]", ("Taxonomy", "207q00000x"), ("RoutingNumber", "011000015"), ("AccountLast", "4471"), ("Bank", "Harbor Savings"));
        var line = await Line();
        Assert.Contains("207Q00000X", line, StringComparison.Ordinal);
        Assert.Contains("Harbor Savings …4471", line, StringComparison.Ordinal);
        Assert.DoesNotContain("NPI, taxonomy", line, StringComparison.Ordinal);
        await manager.SubmitAsync(await manager.PageAsync($"/billing/identifiers/entity/{entity}"), "form[data-guard]", ("Taxonomy", "363LF0000X"));
        Assert.Equal(("363LF0000X", 2), await rows.Db.BillingEntities.AsNoTracking().Where(e => e.Id == entity).Select(e => new ValueTuple<string?, int>(e.Taxonomy, e.Version)).SingleAsync());
    }

    [Fact]
    public async Task A_place_has_a_place_of_service_that_is_one_and_a_clia_number_of_its_form()
    {
        await using var rows = new BillingRows(shared.Host);
        var place = Guid.CreateVersion7();
        await shared.Host.North.AskAsync<Guid>($"insert into billing.places (id, version, name, zone, active) values ('{place}', 1, 'Annex', 'America/New_York', true) returning id");
        using var manager = await shared.Host.SignInAsync(shared.Host.North, Roles.Manager);
        async Task<HttpResponseMessage> Save(string pos, string clia, string npi) =>
            await manager.SubmitAsync(await manager.PageAsync($"/billing/identifiers/place/{place}"), "form[data-guard]", ("PlaceOfService", pos), ("Clia", clia), ("Npi", npi));

        Assert.Contains("is no place of service code; an office is 11.", await (await Save("98", "", "")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("is no CLIA number", await (await Save("11", "22X1234567", "")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("An NPI has ten digits", await (await Save("11", "", "1234567894")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await Save("22", "22d1234567", "1234567893")).StatusCode);
        Assert.Equal("22 22D1234567 1234567893", await shared.Host.North.AskAsync<string>($"select place_of_service || ' ' || clia || ' ' || npi from billing.service_facilities where id = '{place}'"));
    }

    [Fact]
    public async Task A_number_that_a_payer_gave_a_provider_is_kept_once_and_removed_again()
    {
        await using var rows = new BillingRows(shared.Host);
        var provider = await rows.AddProviderAsync("Nora Quist, NP");
        using var manager = await shared.Host.SignInAsync(shared.Host.North, Roles.Manager);
        var address = $"/billing/identifiers/provider/{provider}";

        await manager.SubmitAsync(await manager.PageAsync(address), "#add-number", ("Number", "HH-771"));
        await manager.SubmitAsync(await manager.PageAsync(address), "#add-number", ("Number", "HH-772"));

        var page = await manager.PageAsync(address);
        Assert.Contains("The provider has a number of this kind for this payer already.", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("HH-771", (await rows.Db.ProviderNumbers.AsNoTracking().SingleAsync(n => n.ProviderId == provider)).Number);
        await manager.SubmitAsync(page, "form[action$='/remove']");
        Assert.False(await rows.Db.ProviderNumbers.AnyAsync(n => n.ProviderId == provider));
    }
}
