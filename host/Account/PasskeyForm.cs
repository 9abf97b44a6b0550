using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Modular.Host.Callers;
using Modular.Host.Rights;
using Modular.Host.SignIn;
using Modular.Host.SignedIn;
using Modular.Sdk;

namespace Modular.Host.Account;

/// <summary>Adds, names and removes one's own passkeys.</summary>
public sealed class PasskeyForm(UserManager<Person> people, Passkeys passkeys, OwnCode own, CurrentSession current) : Slice
{
    private const string Reason = "Everybody manages their own passkeys.";

    /// <param name="AsksCode">The person has an authenticator app, for which a passkey stands in.</param>
    public sealed record Model(string Name, bool AsksCode);

    [HttpGet("/account/passkeys/add")]
    [OpenTo(Audience.SignedIn, Reason), StepUp]
    public async Task<IActionResult> Get() => Page(new Model(Sessions.Device(Request), (await MeAsync()).TwoFactorEnabled));

    [HttpPost("/account/passkeys/options")]
    [OpenTo(Audience.SignedIn, Reason), StepUp]
    public async Task<IActionResult> Options() => Content(await passkeys.AskToCreateAsync(HttpContext, await MeAsync()), "application/json");

    [HttpPost("/account/passkeys/add")]
    [OpenTo(Audience.SignedIn, Reason), StepUp]
    public async Task<IActionResult> Post(string? credential, string? name, string? code, CancellationToken ct)
    {
        var (me, called) = (await MeAsync(), Name(name));
        if (await own.FaultAsync(me, code, ct) is { } wrong)
        {
            Refuse(nameof(code), wrong);
        }
        else if (await passkeys.AddAsync(HttpContext, me, credential ?? "", called) is { } fault)
        {
            Refuse("", fault);
        }

        if (!ModelState.IsValid)
        {
            return Invalid(new Model(called, me.TwoFactorEnabled));
        }

        return Done("/account#ways", "Passkey added");
    }

    [HttpPost("/account/passkeys/rename")]
    [OpenTo(Audience.SignedIn, Reason)]
    public async Task<IActionResult> Rename(string? id, string? name)
    {
        var me = await MeAsync();
        if (await FindAsync(me, id) is not { } passkey)
        {
            return NotFound();
        }

        passkey.Name = Name(name);
        await people.AddOrUpdatePasskeyAsync(me, passkey);
        return Done("/account#ways", "Passkey renamed");
    }

    [HttpPost("/account/passkeys/remove")]
    [OpenTo(Audience.SignedIn, Reason)]
    public async Task<IActionResult> Remove(string? id)
    {
        var me = await MeAsync();
        if (await FindAsync(me, id) is not { } passkey)
        {
            return NotFound();
        }

        await people.RemovePasskeyAsync(me, passkey.CredentialId);
        return Done("/account#ways", "Passkey removed");
    }

    private static string Name(string? typed) => typed?.Trim() is { Length: > 0 } name ? name[..Math.Min(60, name.Length)] : "Passkey";

    private async Task<Person> MeAsync() => (await people.FindByIdAsync(current.Required.PersonId.ToString()))!;

    private async Task<UserPasskeyInfo?> FindAsync(Person me, string? id)
    {
        try
        {
            return id is { Length: > 0 and < 2000 } ? await people.GetPasskeyAsync(me, WebEncoders.Base64UrlDecode(id)) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
