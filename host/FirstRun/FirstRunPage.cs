using Microsoft.AspNetCore.Mvc;
using Modular.Host.Rights;
using Modular.Host.SignIn;
using Modular.Sdk;

namespace Modular.Host.FirstRun;

/// <summary>The practice's first page: its owner and its basics. Gone for good once used.</summary>
public sealed class FirstRunPage(Modular.Host.FirstRun.FirstSetUp first, SignInSteps steps) : Slice
{
    private const string Reason = "Takes the one-time token on the console alone, and only while nobody exists.";

    public sealed class Form
    {
        public string Token { get; set; } = "";
        public string Practice { get; set; } = "";
        public string Zone { get; set; } = "America/New_York";
        public string Location { get; set; } = "";
        public string Name { get; set; } = "";
        public string SignInName { get; set; } = "";
        public string Password { get; set; } = "";
    }

    [HttpGet("/first-run")]
    [OpenTo(Audience.Anyone, Reason)]
    public async Task<IActionResult> Get(string? token, CancellationToken ct) =>
        await first.IsOpenAsync(ct) ? Page(new Form { Token = token ?? "" }) : NotFound();

    [HttpPost("/first-run")]
    [OpenTo(Audience.Anyone, Reason)]
    public async Task<IActionResult> Post(Form form, CancellationToken ct)
    {
        if (!await first.IsOpenAsync(ct))
        {
            return NotFound();
        }

        // The rest is not judged for whoever has no right to it.
        if (await first.FaultAsync(form.Token.Trim(), ct) is { } fault)
        {
            Refuse(nameof(form.Token), fault);
            form.Password = "";
            return Invalid(form);
        }

        Check(form);
        if (!ModelState.IsValid)
        {
            return Invalid(form);
        }

        try
        {
            var owner = await first.CompleteAsync(
                form.Token.Trim(), new(form.Name, form.SignInName, new([Roles.Owner]), form.Password), form.Practice.Trim(), form.Zone, form.Location.Trim(), ct);
            await steps.EnterAsync(HttpContext, owner, "first run");
            return LocalRedirect("/");
        }
        catch (PeopleException e)
        {
            Refuse("", e.Message);
            return Invalid(form);
        }
    }

    private void Check(Form form)
    {
        void Need(string field, string value, int longest, string sentence)
        {
            if (value.Trim().Length == 0 || value.Trim().Length > longest)
            {
                Refuse(field, sentence);
            }
        }

        Need(nameof(form.Practice), form.Practice, 120, "Type the practice's name, up to 120 letters.");
        Need(nameof(form.Location), form.Location, 80, "Name the first location, up to 80 letters.");
        Need(nameof(form.Name), form.Name, 120, "Type your name, up to 120 letters.");
        Need(nameof(form.SignInName), form.SignInName, 254, "Type the e-mail or user name you will sign in with.");
        if (!Zones.Contains(form.Zone))
        {
            Refuse(nameof(form.Zone), "Choose a time zone of the list.");
        }

        if (PasswordRules.Fault(form.Password, [form.Name, form.SignInName, form.Practice]) is { } fault)
        {
            Refuse(nameof(form.Password), fault);
        }
    }

    /// <summary>Where a practice in the United States can be.</summary>
    public static IReadOnlyList<string> Zones { get; } =
    [
        "America/New_York", "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles", "America/Anchorage",
        "Pacific/Honolulu", "America/Puerto_Rico", "Pacific/Guam",
    ];
}
