using Microsoft.Playwright;
using Modular.Journeys.Harness;
using Modular.Sdk;
using static Microsoft.Playwright.Assertions;

namespace Modular.Journeys;

/// <summary>What hangs on a record: the specialist's letter, put there in three ways, and the call about it.</summary>
public sealed class FilesAndCalls(Browser browser, Office office)
{
    [Fact]
    public async Task An_answer_letter_is_chosen_pasted_shown_removed_and_put_back_at_every_width()
    {
        await using var desk = await Desk.OpenAsync(browser, office.Host, office.Demo);
        await desk.SignInAsync(Roles.Nurse);
        var referral = await ReferralAsync();
        await desk.Page.GotoAsync(referral);
        var files = desk.Page.Locator("#attachments");

        await files.Locator("input[multiple]").SetInputFilesAsync(File("Zqanswer.pdf", "application/pdf", Paper));
        await Expect(files.Locator("tbody tr")).ToHaveCountAsync(1);
        await desk.Page.EvaluateAsync("""
            () => {
              const data = new DataTransfer();
              data.items.add(new File([Uint8Array.from([0x47, 0x49, 0x46, 0x38, 0x39, 0x61, 1, 0, 1, 0, 0, 0, 0, 0x3b])], 'Zqpasted.gif', { type: 'image/gif' }));
              document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
            }
            """);
        await Expect(files.Locator("tbody tr")).ToHaveCountAsync(2);
        await files.Locator("input[multiple]").SetInputFilesAsync(File("Zqphone.heic", "image/heic", "\0\0\0\u0018ftypheic...."u8.ToArray()));
        await Expect(files.Locator("#attachments-error")).ToContainTextAsync("is a HEIC picture");
        desk.Expected("422");
        await desk.AssertGoodAtEveryWidthAsync();

        await files.GetByRole(AriaRole.Link, new() { Name = "Zqanswer" }).ClickAsync();
        await Expect(desk.Page.Locator("object.preview")).ToBeVisibleAsync();
        await desk.AssertGoodAtEveryWidthAsync();
        await desk.Page.GotoAsync(referral);
        await files.GetByRole(AriaRole.Button, new() { Name = "Remove Zqpasted" }).ClickAsync();
        await Expect(files.Locator("> table tbody tr")).ToHaveCountAsync(1);
        await desk.Page.Locator("#toasts").GetByText("Undo").ClickAsync();
        await Expect(files.Locator("> table tbody tr")).ToHaveCountAsync(2);
        desk.AssertQuiet();
    }

    [Fact]
    public async Task A_call_is_noted_beside_the_record_and_waits_on_the_list_by_keyboard()
    {
        await using var desk = await Desk.OpenAsync(browser, office.Host, office.Demo);
        await desk.SignInAsync(Roles.Nurse);
        var referral = await ReferralAsync();
        await desk.Page.GotoAsync(referral);

        await desk.OpenDrawerAsync(() => desk.ChooseAsync("Note a call"), "Note a call or letter");
        await desk.AssertGoodAtEveryWidthAsync();
        await desk.FillAsync("Form.Whom", "Dana at the desk");
        await desk.FillAsync("Form.About", "Zqletter is missing");
        await desk.FillAsync("Form.NextOn", "t+3");
        await desk.PressAsync("Enter");

        await Expect(desk.Page.Locator("#contact-log")).ToContainTextAsync("Zqletter is missing");
        await desk.Page.GotoAsync("/contact-log?q=Zqletter");
        await Expect(desk.Page.Locator("tbody tr")).ToHaveCountAsync(1);
        await desk.AssertGoodAtEveryWidthAsync();
        await desk.OpenDrawerAsync(() => desk.ChooseAsync("Zqletter is missing"), "Zqletter is missing");
        await desk.AssertGoodAtEveryWidthAsync();
        desk.AssertQuiet();
    }

    private static byte[] Paper { get; } = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]>>endobj\ntrailer<</Root 1 0 R>>\n"u8.ToArray();

    private static FilePayload File(string name, string type, byte[] content) => new() { Name = name, MimeType = type, Buffer = content };

    /// <summary>One that has no files yet.</summary>
    private async Task<string> ReferralAsync()
    {
        await using var command = office.Demo.Database.CreateCommand("""
            select id from referrals.referrals r where ended_on is null and not exists (select from core.attachments a where a.row_id = r.id)
                and not exists (select from patients.patients p where p.id = r.patient_id and p.restricted) order by id limit 1
            """);
        return $"/referrals/referrals/{await command.ExecuteScalarAsync()}";
    }
}
