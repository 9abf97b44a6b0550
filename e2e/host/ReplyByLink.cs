using System.Globalization;
using Modular.Journeys.Harness;
using Modular.Sdk;
using static Microsoft.Playwright.Assertions;

namespace Modular.Journeys;

/// <summary>A link is made at the desk by keyboard; a specialist who has no account opens it on a phone and replies.</summary>
public sealed class ReplyByLink(Browser browser, Office office)
{
    [Theory]
    [InlineData(true, "Send reply", "Thank you")]
    [InlineData(false, "Enviar respuesta", "Gracias")]
    public async Task A_specialist_replies_on_a_phone_with_and_without_script_in_either_language(bool script, string send, string thanks)
    {
        await using var desk = await Desk.OpenAsync(browser, office.Host, office.Demo);
        await desk.SignInAsync(Roles.Nurse);
        var (referral, born) = await SentAsync();
        await desk.Page.GotoAsync($"/referrals/referrals/{referral}");
        await desk.OpenDrawerAsync(() => desk.PressAsync("f"), "Link for the reply");
        await desk.FillAsync("For", "Zq Cardiology");
        await desk.TabToAsync("#drawer footer button");
        await desk.PressAsync("Enter");
        var address = await desk.Page.Locator("#link").TextContentAsync();
        await desk.AssertGoodAtEveryWidthAsync();

        await using var phone = await Desk.OpenAsync(browser, office.Host, office.Demo, script, width: 390);
        await phone.Page.GotoAsync(new Uri(address!).AbsolutePath);
        if (!script)
        {
            await phone.ChooseAsync("Español");
        }

        await phone.ClickAsync("[name=BirthDate]");
        await phone.TypeAsync(born.ToString("M/d/yyyy", CultureInfo.InvariantCulture));
        await phone.PressAsync("Enter");
        await Expect(phone.Page.Locator("#reply")).ToBeVisibleAsync();
        if (script)
        {
            await phone.AssertAccessibleAsync();
            Assert.True(await phone.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"),
                "The page is wider than a phone.");
        }

        await phone.FillAsync("Summary", "All is well. Come back in a year.");
        await phone.ChooseAsync(send);
        await Expect(phone.Page.Locator("h1")).ToHaveTextAsync(thanks);
        await phone.Page.GotoAsync(new Uri(address!).AbsolutePath);
        await Expect(phone.Page.Locator("#reply")).ToHaveCountAsync(0);

        await desk.Page.GotoAsync($"/referrals/referrals/{referral}");
        await Expect(desk.Page.Locator("#referral")).ToContainTextAsync("Come back in a year.");
        await Expect(desk.Page.Locator("#referral")).ToContainTextAsync("Zq Cardiology");
        desk.AssertQuiet();
        phone.Expected("410");
    }

    private async Task<(Guid Referral, DateOnly Born)> SentAsync()
    {
        await using var command = office.Demo.Database.CreateCommand("""
            select r.id, p.birth_date from referrals.referrals r join referrals.patients p on p.id = r.patient_id
            where r.step = 'sent' and not exists (select from core.public_links l where l.subject_id = r.id)
                and not exists (select from patients.patients x where x.id = p.id and x.restricted)
            order by r.id limit 1
            """);
        await using var reader = await command.ExecuteReaderAsync();
        Assert.True(await reader.ReadAsync(), "The demo practice has no referral that was sent.");
        return (reader.GetGuid(0), reader.GetFieldValue<DateOnly>(1));
    }
}
