using System.Security.Cryptography;
using Modular.Host.Practices;
using Modular.Host.SignIn;
using Modular.Journeys.Harness;
using Modular.Sdk;
using Modular.Tests.Harness;
using static Microsoft.Playwright.Assertions;

namespace Modular.Journeys;

public sealed class SignIn(Browser browser, Office office)
{
    [Fact]
    public async Task A_code_of_the_authenticator_app_or_a_recovery_code_follows_the_password()
    {
        await using var desk = await AtNorthAsync("app-user");
        await desk.Page.GotoAsync("/account/authenticator");
        await desk.AssertAccessibleAsync();
        await desk.ChooseAsync("Show the code to scan");
        await desk.AssertAccessibleAsync();
        var key = Base32((await desk.Page.Locator("#shared-key").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal));
        await desk.FillAsync("code", Code(key, 0));
        await desk.ChooseAsync("Turn on");
        await Expect(desk.Page.Locator(".codes li")).ToHaveCountAsync(SecondFactor.RecoveryCodes);
        await desk.AssertAccessibleAsync();
        var recovery = await desk.Page.Locator(".codes li").First.InnerTextAsync();

        await SignOutAsync(desk);
        await desk.SignInAsync("app-user", TestPeople.Password);
        await Expect(desk.Page.Locator("h1")).ToHaveTextAsync("One more step");
        await desk.AssertAccessibleAsync();
        // Each code works once, so the app's next one; phones run a little ahead.
        await desk.FillAsync("code", Code(key, 1));
        await desk.Page.Locator("#code-form button").ClickAsync();
        await Expect(desk.Page.Locator(".rail")).ToBeVisibleAsync();

        await SignOutAsync(desk);
        await desk.SignInAsync("app-user", TestPeople.Password);
        await desk.FillAsync("code", recovery);
        await desk.Page.Locator("#code-form button").ClickAsync();
        await Expect(desk.Page.Locator(".rail")).ToBeVisibleAsync();
        desk.AssertQuiet();
    }

    [Fact]
    public async Task A_passkey_signs_in_and_unlocks_without_a_password()
    {
        await using var desk = await AtNorthAsync("key-user");
        var debugger = await desk.Page.Context.NewCDPSessionAsync(desk.Page);
        await debugger.SendAsync("WebAuthn.enable");
        await debugger.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true,
                ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true,
            },
        });
        await desk.Page.GotoAsync("/account/passkeys/add");
        await desk.AssertAccessibleAsync();
        await desk.Page.Locator("#add-passkey button").ClickAsync();
        await Expect(desk.Page.Locator("#toasts")).ToContainTextAsync("Passkey added");
        await desk.AssertAccessibleAsync();

        await SignOutAsync(desk);
        await desk.Page.GotoAsync("/account/sign-in");
        await desk.AssertAccessibleAsync();
        await desk.ChooseAsync("Use a passkey");
        await Expect(desk.Page.Locator(".rail")).ToBeVisibleAsync();

        await desk.Page.GotoAsync("/account");
        await desk.Page.Locator("form[action='/account/lock']").EvaluateAsync("form => form.requestSubmit()");
        await desk.ChooseAsync("Unlock with a passkey");
        await Expect(desk.Page.Locator("h1")).ToHaveTextAsync("Your account");
        desk.AssertQuiet();
    }

    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(new PracticeSettings().LockAfter);

    [Fact]
    public async Task An_idle_desk_locks_by_itself_and_returns_to_the_page_behind()
    {
        await using var desk = await AtNorthAsync("idle-user");
        await desk.Page.Clock.InstallAsync();
        await desk.Page.GotoAsync("/patients?sort=-born");
        await desk.Page.Clock.FastForwardAsync((long)Idle.TotalMilliseconds + 2_000);
        await Expect(desk.Page.Locator("h1")).ToHaveTextAsync("Locked");
        await desk.AssertAccessibleAsync();

        await desk.Page.Locator("#password").FillAsync(TestPeople.Password);
        await desk.ChooseAsync("Unlock");
        await desk.Page.WaitForURLAsync("**/patients?sort=-born");

        // A computer that slept through it meets the same lock at the host.
        office.Pass(Idle + TimeSpan.FromMinutes(1));
        await desk.Page.ReloadAsync();
        await desk.Page.Locator("#password").FillAsync(TestPeople.Password);
        await desk.ChooseAsync("Unlock");
        await desk.Page.WaitForURLAsync("**/patients?sort=-born");
        await Expect(desk.Page.Locator("h1")).ToHaveTextAsync("Patients");
        desk.AssertQuiet();
    }

    private async Task<Desk> AtNorthAsync(string name)
    {
        await office.Host.People.AddAsync(office.Host.North, name, [Roles.FrontDesk]);
        var desk = await Desk.OpenAsync(browser, office.Host, office.Host.North);
        await desk.SignInAsync(name, TestPeople.Password);
        return desk;
    }

    private static async Task SignOutAsync(Desk desk)
    {
        await desk.Page.Locator(".tools details.menu summary").Last.ClickAsync();
        await desk.ChooseAsync("Sign out");
        await Expect(desk.Page.Locator("#sign-in")).ToBeVisibleAsync();
    }

    /// <summary>What the app shows, this many half minutes from now (RFC 6238).</summary>
    private string Code(byte[] key, int ahead)
    {
        var step = BitConverter.GetBytes((office.Now.ToUnixTimeSeconds() / 30) + ahead);
        Array.Reverse(step);
#pragma warning disable CA5350 // The standard's own hash; every app uses it.
        var hash = HMACSHA1.HashData(key, step);
#pragma warning restore CA5350
        var at = hash[^1] & 0xf;
        var number = ((hash[at] & 0x7f) << 24) | (hash[at + 1] << 16) | (hash[at + 2] << 8) | hash[at + 3];
        return (number % 1_000_000).ToString("000000");
    }

    private static byte[] Base32(string text)
    {
        var bits = string.Concat(text.ToUpperInvariant().Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. bits.Chunk(8).Where(b => b.Length == 8).Select(b => Convert.ToByte(new string(b), 2))];
    }
}
