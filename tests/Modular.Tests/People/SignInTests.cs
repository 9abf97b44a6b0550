using System.Net;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.People;

public sealed class SignInTests(SharedHost shared)
{
    private TestHost Host => shared.Host;

    [Fact]
    public async Task A_person_signs_in_and_lands_on_the_page_they_wanted()
    {
        var person = await Host.People.EnsureAsync(Host.North, Roles.FrontDesk);
        using var client = Host.Client(Host.North);
        var page = await client.PageAsync("/account/sign-in?returnUrl=%2Fscheduling%2Fdays");

        var response = await client.SubmitAsync(page, "form#sign-in", ("Name", person.UserName!.ToUpperInvariant()), ("Password", TestPeople.Password));

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal("/scheduling/days", response.Headers.Location!.ToString());
        await client.PageAsync("/scheduling/days");
    }

    [Fact]
    public async Task A_role_preset_opens_what_the_module_grants_it_and_nothing_else()
    {
        using var frontDesk = await Host.SignInAsync(Host.North, Roles.FrontDesk);
        using var hr = await Host.SignInAsync(Host.North, Roles.Hr);

        Assert.Equal(HttpStatusCode.OK, (await frontDesk.GetAsync("/scheduling/days")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await hr.GetAsync("/scheduling/days")).StatusCode);
    }
}
