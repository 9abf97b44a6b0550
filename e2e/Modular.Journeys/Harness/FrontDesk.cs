using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Modular.Journeys.Harness;

/// <summary>What every journey of the front desk begins with.</summary>
public static class FrontDesk
{
    private const int Phone = 390;

    /// <summary>A new patient through the quick form; the desk stands at the chart afterwards.</summary>
    /// <param name="born">As typed: MMDDYY.</param>
    /// <param name="anyway">Somebody much like this one is registered already, and this is another record all the same.</param>
    public static async Task<Known> RegisterAsync(this Desk desk, string last, string first, string born, string phone = "", bool anyway = false)
    {
        await desk.Page.GotoAsync("/patients/registrations/quick");
        await desk.FillAsync("Form.LastName", last);
        await desk.FillAsync("Form.FirstName", first);
        await desk.FillAsync("Form.BirthDate", born);
        await desk.Page.Locator("[name='Form.Sex']").SelectOptionAsync("F");
        await desk.FillAsync("Form.MobilePhone", phone);
        await desk.ChooseAsync("Register patient");
        if (anyway)
        {
            await desk.ChooseAsync("Register anyway");
        }

        await Expect(desk.Page.Locator(".banner")).ToContainTextAsync(last);
        return new(Guid.Parse(desk.Page.Url.Split('/')[^1]), first, last, DateOnly.ParseExact(born, "MMddyy", null));
    }

    /// <summary>Opens what the link or key of a page opens in the drawer, and waits until it can be typed into.</summary>
    public static async Task OpenDrawerAsync(this Desk desk, Func<Task> open, string title)
    {
        await open();
        await Expect(desk.Page.Locator("#drawer h2").First).ToHaveTextAsync(title);
        await desk.Page.Locator("#drawer:not(.htmx-request, .htmx-swapping, .htmx-settling) form").First.WaitForAsync();
    }

    /// <summary>Presses the drawer's button, and waits for what is said when it was taken.</summary>
    public static async Task SaveDrawerAsync(this Desk desk, string said)
    {
        await desk.Page.Locator("#drawer footer button").First.ClickAsync();
        await Expect(desk.Page.Locator("#toasts")).ToContainTextAsync(said);
        await Expect(desk.Page.Locator("#drawer")).ToBeEmptyAsync();
    }

    /// <summary>Books the first time that fits, from the chart.</summary>
    public static async Task BookFirstAsync(this Desk desk, Known patient)
    {
        await desk.Page.GotoAsync(patient.Chart);
        await desk.ChooseAsync("Book visit");
        await desk.Page.Locator("#drawer footer button").ClickAsync();
        await Expect(desk.Page.Locator("#toasts")).ToContainTextAsync("booked:");
    }

    /// <summary>The page as it stands is accessible in both themes, at a desk and on a phone, and no wider than either.</summary>
    public static async Task AssertGoodAtEveryWidthAsync(this Desk desk)
    {
        var size = desk.Page.ViewportSize!;
        await desk.AssertAccessibleAsync();
        await desk.Page.SetViewportSizeAsync(Phone, 844);
        await desk.AssertAccessibleAsync();
        var over = await desk.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(over <= 0, $"{desk.Page.Url} is {over} px wider than the screen of a phone.");
        await desk.Page.SetViewportSizeAsync(size.Width, size.Height);
    }
}
