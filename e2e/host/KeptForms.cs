using Microsoft.Playwright;
using Modular.Host.Callers;
using Modular.Host.Practices;
using Modular.Host.SignedIn;
using Modular.Journeys.Harness;
using Modular.Sdk;
using Modular.Tests.Harness;
using static Microsoft.Playwright.Assertions;

namespace Modular.Journeys;

/// <summary>The phone rings in the middle of a form: whatever locks or runs out meanwhile, what was typed is there again.</summary>
public sealed class KeptForms(Browser browser, Office office)
{
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(new PracticeSettings().LockAfter);

    [Fact]
    public async Task A_half_typed_form_is_there_again_after_the_desk_locked_itself()
    {
        await using var desk = await AtNorthAsync("kept-desk", Roles.FrontDesk);
        await desk.Page.Clock.InstallAsync();
        await desk.Page.GotoAsync("/patients/registrations/quick");
        await TypeAsync(desk);
        await desk.Page.Clock.FastForwardAsync((long)Idle.TotalMilliseconds + 2_000);
        await Expect(desk.Page.Locator("h1")).ToHaveTextAsync("Locked");
        Assert.DoesNotContain("Zqphone", desk.Page.Url);
        await UnlockAsync(desk);
        await IsBackAsync(desk);

        // The button in the menu asks no question either: the form is kept.
        await desk.Page.Locator(".tools details.menu summary").Last.ClickAsync();
        await desk.ChooseAsync("Lock");
        await Expect(desk.Page.Locator("h1")).ToHaveTextAsync("Locked");
        await UnlockAsync(desk);
        await IsBackAsync(desk);

        // A computer that slept meets the lock at the host, with the form it sends on waking.
        office.Pass(Idle + TimeSpan.FromMinutes(1));
        await desk.Page.Locator("main form button.primary").First.ClickAsync();
        await Expect(desk.Page.Locator("h1")).ToHaveTextAsync("Locked");
        await UnlockAsync(desk);
        await IsBackAsync(desk);
        await desk.Page.Locator("main form button.primary").First.ClickAsync();
        await Expect(desk.Page.Locator(".banner")).ToContainTextAsync("Zqphone");
        desk.AssertQuiet();
    }

    [Fact]
    public async Task An_invitation_typed_while_the_confirmation_ran_out_is_there_again_after_confirming()
    {
        await using var desk = await AtNorthAsync("kept-owner", Roles.Owner);
        await desk.Page.GotoAsync("/admin/people/invite");
        await desk.FillAsync("Form.Name", "Zqinvited");
        await desk.FillAsync("Form.SignInName", "zqinvited");
        await desk.Page.GetByLabel("Nurse").CheckAsync();
        office.Pass(Session.StepUpFor + TimeSpan.FromMinutes(1));
        await desk.ChooseAsync("Make invitation link");
        await Expect(desk.Page.Locator("h1")).ToHaveTextAsync("Confirm it is you");
        await desk.Page.Locator("#password").FillAsync(TestPeople.Password);
        await desk.ChooseAsync("Continue");

        await Expect(desk.Page.Locator("#invite .note")).ToContainTextAsync("Not saved yet");
        await Expect(desk.Page.Locator("[name='Form.Name']")).ToHaveValueAsync("Zqinvited");
        await Expect(desk.Page.GetByLabel("Nurse")).ToBeCheckedAsync();
        await desk.AssertAccessibleAsync();
        await desk.ChooseAsync("Make invitation link");
        await desk.SeesAsync("/account/welcome/");
        desk.AssertQuiet();
    }

    private async Task<Desk> AtNorthAsync(string name, string role)
    {
        await office.Host.People.AddAsync(office.Host.North, name, [role]);
        var desk = await Desk.OpenAsync(browser, office.Host, office.Host.North);
        await desk.SignInAsync(name, TestPeople.Password);
        return desk;
    }

    private static async Task TypeAsync(Desk desk)
    {
        await desk.Page.GetByLabel("Last name").FillAsync("Zqphone");
        await desk.Page.GetByLabel("First name").FillAsync("Ada");
        await desk.Page.GetByLabel("Birth date").FillAsync("1/5/48");
        await desk.Page.GetByLabel("Phone").FillAsync("555 010 9931");
    }

    private static async Task UnlockAsync(Desk desk)
    {
        await desk.Page.Locator("#password").FillAsync(TestPeople.Password);
        await desk.ChooseAsync("Unlock");
    }

    private static async Task IsBackAsync(Desk desk)
    {
        await Expect(desk.Page.Locator("form[data-kept] .note")).ToContainTextAsync("Not saved yet");
        await Expect(desk.Page.GetByLabel("Last name")).ToHaveValueAsync("Zqphone");
        await Expect(desk.Page.GetByLabel("First name")).ToHaveValueAsync("Ada");
        await Expect(desk.Page.GetByLabel("Birth date")).ToHaveValueAsync("01/05/1948");
        await Expect(desk.Page.GetByLabel("Phone")).ToHaveValueAsync("555 010 9931"); // the field was never left, so as it was typed
        await desk.AssertAccessibleAsync();
    }
}
