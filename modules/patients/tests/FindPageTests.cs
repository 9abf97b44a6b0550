using System.Net;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Patients;

public sealed class FindPageTests(SharedHost shared)
{
    private static readonly DateOnly Born = new(1948, 1, 5);

    [Fact]
    public async Task Three_letters_and_a_birth_date_and_enter_open_the_chart()
    {
        await using var rows = new PatientRows(shared.Host);
        var tag = PatientRows.Tag();
        var patient = await rows.AddAsync($"{tag}garcia", "Maria", Born);
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);

        var response = await desk.GetAsync($"/patients?open=true&q={tag[..3]}+010548+{tag}");

        Assert.Equal($"/patients/charts/{patient.Id}", response.Headers.Location!.ToString());
    }

    [Fact]
    public async Task Typing_fetches_the_rows_alone_and_keeps_the_address()
    {
        await using var rows = new PatientRows(shared.Host);
        var tag = PatientRows.Tag();
        await rows.AddAsync($"{tag}garcia", "Maria", Born);
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/patients?q=maria+{tag}");
        request.Headers.Add("HX-Request", "true");
        request.Headers.Add("HX-Target", "patients");

        using var response = await desk.Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains($"{tag}garcia, Maria", text);
        Assert.DoesNotContain("<html", text);
        Assert.Equal($"/patients?q=maria+{tag}", Assert.Single(response.Headers.GetValues("HX-Replace-Url")));
    }

    [Fact]
    public async Task A_misspelled_name_shows_names_that_are_alike_and_never_opens_one_by_itself()
    {
        await using var rows = new PatientRows(shared.Host);
        var tag = PatientRows.Tag();
        await rows.AddAsync("Villanueva", tag, Born);
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);

        var page = await desk.PageAsync($"/patients?open=true&q=vilanueva+{tag}");

        Assert.Contains("These names are alike", page.Body!.TextContent);
        Assert.Contains($"Villanueva, {tag}", page.Body.TextContent);
    }

    [Fact]
    public async Task Nobody_found_offers_to_register_with_what_was_typed()
    {
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);

        var page = await desk.PageAsync("/patients?q=zzqx+yyqx+010548");
        var register = page.QuerySelector(".empty a.btn")!.GetAttribute("href")!;
        var form = await desk.PageAsync(register);

        Assert.Equal("Zzqx", form.QuerySelector("[name='Form.LastName']")!.GetAttribute("value"));
        Assert.Equal("01/05/1948", form.QuerySelector("[name='Form.BirthDate']")!.GetAttribute("value"));
    }

    [Fact]
    public async Task A_restricted_patient_is_found_by_those_who_may_open_the_chart_without_phone_and_city_and_by_nobody_else()
    {
        await using var rows = new PatientRows(shared.Host);
        var tag = PatientRows.Tag();
        await rows.AddAsync(tag, "Nora", Born, p => (p.Restricted, p.MobilePhone, p.City) = (true, "5550107788", "Hiddenville"));
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);
        using var nurse = await shared.Host.SignInAsync(shared.Host.North, Roles.Nurse);

        var text = (await nurse.PageAsync($"/patients?q={tag}")).Body!.TextContent;

        Assert.DoesNotContain("Nora", (await desk.PageAsync($"/patients?q={tag}")).Body!.TextContent);
        Assert.Contains("Nora", text);
        Assert.Contains("Restricted", text);
        Assert.DoesNotContain("010-7788", text);
        Assert.DoesNotContain("Hiddenville", text);
    }

    [Fact]
    public async Task The_export_has_the_rows_of_the_list_without_the_restricted_and_only_for_those_who_may()
    {
        await using var rows = new PatientRows(shared.Host);
        var tag = PatientRows.Tag();
        await rows.AddAsync(tag, "=1+1", Born, p => p.MobilePhone = "5550107788");
        await rows.AddAsync(tag, "Hidden", Born, p => p.Restricted = true);
        using var manager = await shared.Host.SignInAsync(shared.Host.North, Roles.Manager);
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);

        var file = await (await manager.GetAsync($"/patients?format=csv&q={tag}")).Content.ReadAsStringAsync();

        Assert.Equal(2, file.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains($"{tag},'=1+1,", file);
        Assert.Contains("(555) 010-7788", file);
        Assert.Equal(HttpStatusCode.Forbidden, (await desk.GetAsync("/patients?format=csv")).StatusCode);
    }

    [Fact]
    public async Task The_global_search_finds_a_patient_by_name_and_birth_date()
    {
        using var desk = await shared.Host.SignInAsync(shared.Host.North, Roles.FrontDesk);
        var last = PatientRows.Tag();
        await desk.SubmitAsync(await desk.PageAsync("/patients/registrations/quick"), "form[action='/patients/registrations/quick']",
            ("Form.LastName", last), ("Form.FirstName", "Maria"), ("Form.BirthDate", "010548"));

        var response = await desk.GetAsync($"/search?q={last[..4]}+010548");

        Assert.Contains(last, await response.Content.ReadAsStringAsync());
    }
}
