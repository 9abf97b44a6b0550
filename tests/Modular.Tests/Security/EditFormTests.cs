using System.Net;
using AngleSharp.Html.Dom;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Routing;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Security;

/// <summary>Every form of the running host by which people change a row, found by its class, opened twice and sent twice, without script.</summary>
public sealed class EditFormTests : IAsyncLifetime
{
    /// <summary>Fields whose text follows a rule of its own.</summary>
    private static readonly string[] Ruled = ["State", "Zip", "Npi", "TaxId", "RedirectUris"];

    private static readonly Guid Unsigned = Guid.Parse("00000000-0000-7000-8000-0000000000e1");

    private readonly List<string> faults = [];
    private EndpointWalk walk = null!;
    private TestHost host = null!;

    public async ValueTask InitializeAsync()
    {
        host = await TestHost.StartAsync();
        walk = await EndpointWalk.PlantAsync(host);
        // A person has a role, and an edition that was signed is not changed any more: both forms get a row that may be.
        await using var command = host.North.Database.CreateCommand($"""
            insert into core.person_roles (id, person_id, preset)
                select gen_random_uuid(), id, '{Roles.FrontDesk}' from core.people where user_name = 'sample';
            insert into core.sign_in_provider (id, issuer, client_id, button, active)
                values (gen_random_uuid(), 'https://login.example.com/', 'x', 'Go', false);
            insert into patients.agreement_forms (id, kind, title, edition, in_use_from)
                values ('{Unsigned}', 'other', 'Unsigned', '1', '2026-01-01')
            """);
        await command.ExecuteNonQueryAsync();
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Of_two_people_at_any_edit_form_the_later_sees_both_versions_and_what_comes_back_saves()
    {
        using var owner = await host.SignInAsync(host.North, Roles.Owner);
        var tried = 0;
        foreach (var route in Routes())
        {
            if (!walk.HasSample(route) && route.RoutePattern.Parameters.Count > 0)
            {
                faults.Add($"{route.RoutePattern.RawText}: no sample leads to a row of it.");
                continue;
            }

            var url = UrlOf(route);
            if (await VersionAsync(owner, url) > 0)
            {
                await TryAsync(owner, url);
                tried++;
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.InRange(tried, 25, 500);
    }

    [Fact]
    public async Task An_edit_form_in_the_drawer_sends_to_its_own_address_and_comes_back_into_the_drawer()
    {
        using var owner = await host.SignInAsync(host.North, Roles.Owner);
        foreach (var url in Routes().Where(r => walk.HasSample(r) || r.RoutePattern.Parameters.Count == 0).Select(UrlOf))
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url) { Headers = { { "HX-Request", "true" }, { "HX-Target", "drawer" } } };
            var page = await TestClient.ParseAsync(await (await owner.Http.SendAsync(request)).Content.ReadAsStringAsync());
            if (FormOf(page) is { } form && (form.GetAttribute("hx-post") != form.GetAttribute("action")
                || form.GetAttribute("hx-target") != "#drawer"))
            {
                faults.Add($"{url}: posts to {form.GetAttribute("hx-post")}, target {form.GetAttribute("hx-target")}.");
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public async Task An_edit_form_that_comes_back_empty_is_refused_in_sentences_or_saved_and_never_fails()
    {
        using var owner = await host.SignInAsync(host.North, Roles.Owner);
        foreach (var url in Routes().Where(r => walk.HasSample(r) || r.RoutePattern.Parameters.Count == 0).Select(UrlOf))
        {
            var page = await TestClient.ParseAsync(await (await owner.GetAsync(url)).Content.ReadAsStringAsync());
            if (FormOf(page) is not { } form)
            {
                continue;
            }

            var texts = form.QuerySelectorAll("input:not([type]), input[type=text], input[type=number], input[type=email], textarea, select")
                .Select(f => f.GetAttribute("name")).ToHashSet();
            using var content = new MultipartFormDataContent();
            FormFields.Of(form).ForEach(f => content.Add(new StringContent(texts.Contains(f.Key) ? "" : f.Value), f.Key));
            using var answer = await owner.Http.PostAsync(form.GetAttribute("action"), content);
            if (answer.StatusCode is not (HttpStatusCode.UnprocessableEntity or HttpStatusCode.Redirect or HttpStatusCode.Conflict))
            {
                faults.Add($"{url}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public async Task What_is_missing_and_what_breaks_a_rule_of_the_form_are_told_at_once()
    {
        using var owner = await host.SignInAsync(host.North, Roles.Owner);

        using var answer = await owner.SubmitAsync(await owner.PageAsync("/admin/staff/edit"), "main form", ("LastName", ""), ("Npi", "1234567890"));

        var page = await TestClient.ParseAsync(await answer.Content.ReadAsStringAsync());
        Assert.Equal(["Give the last name.", "This NPI fails its check digit; look for a mistyped figure."],
            page.QuerySelectorAll(".errors li").Select(e => e.TextContent.Trim()[(e.TextContent.Trim().IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()).Order());
    }

    /// <summary>Pages whose slice takes an edit form by POST at the same address.</summary>
    private IEnumerable<RouteEndpoint> Routes()
    {
        var written = walk.Endpoints.Where(e => !EndpointWalk.IsGet(e)
            && Action(e)?.MethodInfo.GetParameters().Any(p => IsEditForm(p.ParameterType)) == true)
            .Select(e => e.RoutePattern.RawText).ToHashSet();
        return walk.Pages.Where(e => written.Contains(e.RoutePattern.RawText));
    }

    private string UrlOf(RouteEndpoint route) => route.RoutePattern.RawText!.Contains("agreement-forms", StringComparison.Ordinal)
        ? $"/patients/agreement-forms/edit/{Unsigned}" : walk.SampleOf(route).Url;

    private static ControllerActionDescriptor? Action(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<ControllerActionDescriptor>();

    private static bool IsEditForm(Type type) =>
        type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEditForm<>));

    private async Task TryAsync(TestClient client, string url)
    {
        var (first, second) = (await client.PageAsync(url), await client.PageAsync(url));
        var field = Field(FormOf(first)!);
        if (await SendAsync(client, first, url, field, "One") is not { StatusCode: HttpStatusCode.Redirect } saved)
        {
            return;
        }

        saved.Dispose();
        if (field is null && await VersionAsync(client, url) == int.Parse(VersionOf(first)!.Value))
        {
            // Nothing could be changed here, so that nobody is late.
            return;
        }

        using var late = await SendAsync(client, second, url, field, "Two", HttpStatusCode.Conflict);
        if (late is null)
        {
            return;
        }

        var both = await TestClient.ParseAsync(await late.Content.ReadAsStringAsync(), new Uri(client.Http.BaseAddress!, url).AbsoluteUri);
        if (field is not null && both.QuerySelectorAll("#conflict tbody tr").Length == 0)
        {
            faults.Add($"{url}: does not show both versions.");
        }

        using var again = await SendAsync(client, both, url, null, "");
    }

    /// <returns>The answer; null when it is another than the one expected, which is a fault then.</returns>
    private async Task<HttpResponseMessage?> SendAsync(
        TestClient client, IHtmlDocument page, string url, string? field, string suffix, HttpStatusCode expected = HttpStatusCode.Redirect)
    {
        var form = FormOf(page)!;
        var fields = FormFields.Of(form);
        if (field is not null)
        {
            var typed = fields.Single(f => f.Key == field).Value;
            fields.RemoveAll(f => f.Key == field);
            fields.Add(new(field, $"{typed} {suffix}".Trim()));
        }

        using var content = new MultipartFormDataContent();
        fields.ForEach(f => content.Add(new StringContent(f.Value), f.Key));
        var answer = await client.Http.PostAsync(form.GetAttribute("action"), content);
        if (answer.StatusCode == expected)
        {
            return answer;
        }

        var told = (await TestClient.ParseAsync(await answer.Content.ReadAsStringAsync())).QuerySelector(".errors, main")?.TextContent;
        faults.Add($"{url}: sent {suffix}, got {(int)answer.StatusCode} in place of {(int)expected}: {told?[..Math.Min(told.Length, 300)]}");
        answer.Dispose();
        return null;
    }

    private static async Task<int> VersionAsync(TestClient client, string url) =>
        VersionOf(await client.PageAsync(url)) is { } version ? int.Parse(version.Value) : 0;

    private static IHtmlInputElement? VersionOf(IHtmlDocument page) => FormOf(page)?.QuerySelector("input[name$='Version']") as IHtmlInputElement;

    private static IHtmlFormElement? FormOf(IHtmlDocument page) =>
        page.QuerySelectorAll("form[data-guard]").OfType<IHtmlFormElement>()
            .FirstOrDefault(f => f.QuerySelector("input[name='Version'], input[name='Form.Version']") is not null);

    /// <summary>The first field of plain text; null on a form that has none.</summary>
    private static string? Field(IHtmlFormElement form) => form.Elements.OfType<IHtmlInputElement>()
        .Where(i => i.Type == "text" && !i.IsReadOnly && i.Name is { Length: > 0 } && !i.HasAttribute("data-date") && !i.HasAttribute("data-time")
            && !i.HasAttribute("data-money") && !i.HasAttribute("inputmode") && !Ruled.Any(r => i.Name.EndsWith(r, StringComparison.Ordinal)))
        .Select(i => i.Name).FirstOrDefault();
}
