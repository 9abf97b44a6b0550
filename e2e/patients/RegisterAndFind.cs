using System.Web;
using Modular.Journeys.Harness;
using Modular.Sdk;
using static Microsoft.Playwright.Assertions;

namespace Modular.Journeys;

/// <summary>A newcomer is registered with everything that is known, and found again by whatever they or their mother say on the phone.</summary>
public sealed class RegisterAndFind(Browser browser, Office office)
{
    [Fact]
    public async Task A_patient_registered_in_full_is_found_by_whatever_a_caller_says()
    {
        await using var desk = await Desk.OpenAsync(browser, office.Host, office.Demo);
        await desk.SignInAsync(Roles.FrontDesk);
        await desk.Page.GotoAsync("/patients/registrations/quick");
        await desk.ChooseAsync("Full form");
        await desk.AssertGoodAtEveryWidthAsync();
        await TypeAsync(desk);
        await desk.ChooseAsync("Register patient");
        await Expect(desk.Page.Locator(".banner")).ToContainTextAsync("Zqålborg, Élise");
        await Expect(desk.Page.Locator(".banner")).ToContainTextAsync("“Lise”");
        await desk.AssertGoodAtEveryWidthAsync();
        var number = await desk.Page.Locator(".banner .facts b").Nth(1).InnerTextAsync();

        await desk.Page.GotoAsync("/patients");
        var found = desk.Page.Locator("#patients tbody tr");
        foreach (var said in new[]
        {
            "zqalborg", "zqål", "elise zqalb", "zqa lise", "zqhansen", "zqalburg", "zqa 030449", "3/4/49 elise zqa", "mar 4 1949 zqa", "555 010 9977", "5550109977",
        })
        {
            await FindAsync(desk, said);
            await Expect(found).ToHaveCountAsync(1, new() { Timeout = 5_000 });
            await Expect(found).ToContainTextAsync("Zqålborg, Élise");
        }

        // Four digits may be the end of somebody's phone too: the number itself comes first.
        await FindAsync(desk, number);
        await Expect(found.First).ToContainTextAsync("Zqålborg, Élise");
        await desk.AssertAccessibleAsync();
        await FindAsync(desk, "5550109977");
        await Expect(found).ToHaveCountAsync(1, new() { Timeout = 5_000 });
        await desk.PressAsync("Enter");
        await Expect(desk.Page.Locator("h1")).ToHaveTextAsync("Chart");
        desk.AssertQuiet();
    }

    [Fact]
    public async Task Somebody_who_is_registered_already_is_shown_before_a_second_record_is_made()
    {
        await using var desk = await Desk.OpenAsync(browser, office.Host, office.Demo);
        await desk.SignInAsync(Roles.FrontDesk);
        var patient = await desk.RegisterAsync("Zqtwice", "Mara", "021160", "5550109978");
        await desk.Page.GotoAsync("/patients/registrations/quick");
        await desk.FillAsync("Form.LastName", "Zqtwice");
        await desk.FillAsync("Form.FirstName", "Mará");
        await desk.FillAsync("Form.BirthDate", "2/11/60");
        await desk.Page.Locator("[name='Form.Sex']").SelectOptionAsync("F");
        await desk.ChooseAsync("Register patient");

        await Expect(desk.Page.Locator("#same")).ToContainTextAsync("registered already");
        desk.Expected("422");
        await Expect(desk.Page.Locator("[name='Form.FirstName']")).ToHaveValueAsync("Mará");
        await desk.AssertGoodAtEveryWidthAsync();
        desk.Page.Dialog += (_, leave) => leave.AcceptAsync(); // the browser's own question about a form that is not sent
        await desk.Page.Locator("#same a").ClickAsync();
        await desk.Page.WaitForURLAsync($"**{patient.Chart}");
        desk.AssertQuiet();
    }

    /// <summary>The address tells that these rows are the answer to this question, not to the one before.</summary>
    private static async Task FindAsync(Desk desk, string said)
    {
        await desk.Page.Locator("#q").FillAsync(said);
        await desk.Page.WaitForURLAsync(url => HttpUtility.ParseQueryString(new Uri(url).Query)["q"] == said);
    }

    private static async Task TypeAsync(Desk desk)
    {
        foreach (var (field, typed) in new[]
        {
            ("LastName", "Zqålborg"), ("FirstName", "Élise"), ("PreferredName", "Lise"), ("FormerNames", "Zqhansen"), ("BirthDate", "030449"), ("Pronouns", "she/her"),
            ("Address", "12 Harbor St"), ("City", "Lakeside"), ("State", "NY"), ("Zip", "00501"), ("MobilePhone", "5550109977"), ("Email", "lise@example.com"),
            ("Employer", "Lakeside Cannery"), ("Alert", "Hard of hearing, write it down"),
        })
        {
            await desk.FillAsync($"Form.{field}", typed);
        }

        foreach (var (field, choice) in new[] { ("Sex", "F"), ("Language", "fr"), ("TextConsent", "yes"), ("PreferredChannel", "mobile"), ("HeardFrom", "friend") })
        {
            await desk.Page.Locator($"[name='Form.{field}']").SelectOptionAsync(choice);
        }
    }
}
