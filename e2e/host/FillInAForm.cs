using Modular.Journeys.Harness;
using Modular.Sdk;
using static Microsoft.Playwright.Assertions;

namespace Modular.Journeys;

/// <summary>A manager builds a form by keyboard; a patient fills it in on a phone without script; a clerk takes over what is right.</summary>
public sealed class FillInAForm(Browser browser, Office office)
{
    [Fact]
    public async Task A_form_is_built_answered_on_a_phone_and_reviewed_at_the_desk()
    {
        await using var manager = await Desk.OpenAsync(browser, office.Host, office.Demo);
        await manager.SignInAsync(Roles.Manager);
        await manager.Page.GotoAsync("/forms");
        await manager.OpenDrawerAsync(() => manager.PressAsync("n"), "Add a form");
        await manager.FillAsync("Name", "Zq registration check");
        await manager.Page.Locator("#drawer [name=Kind]").SelectOptionAsync("patients.registration");
        await manager.TabToAsync("#drawer input[type=checkbox][name=Fields]");
        await manager.PressAsync("Space");
        await manager.TabToAsync("#drawer footer button");
        await manager.PressAsync("Enter");
        await Expect(manager.Page.Locator("h1")).ToContainTextAsync("Zq registration check");
        var address = new Uri(manager.Page.Url).AbsolutePath;
        await SectionAsync(manager, address);
        await QuestionAsync(manager, address, "Did you move?", "yes-no");
        await QuestionAsync(manager, address, "New mobile phone", "text", field: "mobile-phone", when: "q1=yes");
        await manager.AssertGoodAtEveryWidthAsync();
        await manager.PressAsync("p");
        await Expect(manager.Page.Locator("h1")).ToContainTextAsync("Preview");
        await Expect(manager.Page.Locator("[name=answer-q2]")).ToHaveCountAsync(0);
        await manager.Page.Locator("[name=answer-q1][value=yes]").CheckAsync();
        await Expect(manager.Page.Locator("[name=answer-q2]")).ToBeVisibleAsync(); // the page follows without being sent
        await manager.AssertGoodAtEveryWidthAsync();
        await manager.Page.GotoAsync(address.Replace("/show/", "/publish/", StringComparison.Ordinal));
        await manager.Page.Locator(".actions .btn.primary").ClickAsync();
        await Expect(manager.Page.Locator("#toasts")).ToContainTextAsync("is published");

        await using var desk = await Desk.OpenAsync(browser, office.Host, office.Demo);
        await desk.SignInAsync(Roles.FrontDesk);
        var patient = await desk.RegisterAsync("Zqforms", "Ilse", "091457");
        await desk.Page.GotoAsync($"/patients/charts/{patient.Id}");
        await desk.PressAsync("f");
        await Expect(desk.Page.Locator("h1")).ToContainTextAsync("Forms");
        await desk.AssertGoodAtEveryWidthAsync();
        await desk.Page.Locator(".spread", new() { HasText = "Zq registration check" }).GetByText("Make a link").ClickAsync();
        var link = new Uri((await desk.Page.Locator("#link").TextContentAsync())!).AbsolutePath;

        await using var phone = await Desk.OpenAsync(browser, office.Host, office.Demo, script: false, width: 390);
        await phone.Page.GotoAsync(link);
        await phone.FillAsync("BirthDate", "9/14/1957");
        await phone.PressAsync("Enter");
        await phone.Page.Locator("[name=answer-q1][value=yes]").CheckAsync();
        await phone.ChooseAsync("Send");
        await phone.FillAsync("answer-q2", "555 010 7788");
        await phone.ChooseAsync("Send");
        await Expect(phone.Page.Locator("h1")).ToHaveTextAsync("Thank you");

        await desk.Page.GotoAsync("/forms/answers");
        await desk.AssertGoodAtEveryWidthAsync();
        await desk.Page.Locator("tr", new() { HasText = "Zqforms" }).Locator("a").First.ClickAsync();
        await Expect(desk.Page.Locator("#review")).ToContainTextAsync("(555) 010-7788");
        await desk.AssertGoodAtEveryWidthAsync();
        await desk.TabToAsync("#review .btn.primary");
        await desk.PressAsync("Enter");
        await Expect(desk.Page.Locator("#toasts")).ToContainTextAsync("1 field");
        await desk.Page.GotoAsync($"/patients/charts/{patient.Id}");
        await Expect(desk.Page.Locator("#about")).ToContainTextAsync("(555) 010-7788");
        desk.AssertQuiet();
        manager.AssertQuiet();
    }

    private static async Task SectionAsync(Desk manager, string form)
    {
        await manager.OpenDrawerAsync(() => manager.PressAsync("n"), "Add a section");
        await manager.FillAsync("Title", "Moving");
        await manager.TabToAsync("#drawer footer button");
        await manager.PressAsync("Enter");
        await Expect(manager.Page.Locator("#s1")).ToBeVisibleAsync();
        Assert.Equal(form, new Uri(manager.Page.Url).AbsolutePath);
    }

    private static async Task QuestionAsync(Desk manager, string form, string label, string kind, string? field = null, string? when = null)
    {
        await manager.OpenDrawerAsync(() => manager.Page.Locator("#s1").GetByText("Add question").ClickAsync(), "Add a question");
        await manager.FillAsync("Label", label);
        await manager.Page.Locator("#drawer [name=Kind]").SelectOptionAsync(kind);
        if (field is not null)
        {
            await manager.Page.Locator("#drawer [name=Field]").SelectOptionAsync(field);
        }

        if (when is not null)
        {
            await manager.Page.Locator($"#drawer [name=When][value='{when}']").CheckAsync();
        }

        await manager.TabToAsync("#drawer footer button");
        await manager.PressAsync("Enter");
        await Expect(manager.Page.Locator("#s1")).ToContainTextAsync(label);
        Assert.Equal(form, new Uri(manager.Page.Url).AbsolutePath);
    }
}
