using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Modular.Host.Callers;
using Modular.Host.Practices;
using Modular.Host.Rights;
using Modular.Host.SignIn;
using Modular.Host.SignedIn;
using Modular.Sdk;

namespace Modular.Host.Account;

/// <summary>A new password ends every other session of the person.</summary>
public sealed class PasswordForm(UserManager<Person> people, Identify identify, Sessions sessions, ScopeContext scope, CurrentSession current) : Slice
{
    public sealed class Form
    {
        public string Now { get; set; } = "";
        public string New { get; set; } = "";
    }

    [HttpGet("/account/password")]
    [OpenTo(Audience.SignedIn, "Everybody changes their own password.")]
    public IActionResult Get() => Page(new Form());

    [HttpPost("/account/password")]
    [OpenTo(Audience.SignedIn, "Everybody changes their own password.")]
    public async Task<IActionResult> Post(Form form, CancellationToken ct)
    {
        if (await identify.FaultAsync(HttpContext, current.Required, Tried.NewPassword, form.Now, null) is { } fault)
        {
            Refuse(nameof(form.Now), fault);
            return Invalid(form);
        }

        var person = (await people.FindByIdAsync(current.Required.PersonId.ToString()))!;
        var changed = await people.ChangePasswordAsync(person, form.Now, form.New);
        if (!changed.Succeeded)
        {
            Refuse(nameof(form.New), changed.Errors.First().Description);
            return Invalid(form);
        }

        await sessions.RestampAsync(scope.Practice, current.Required.Id, person, ct);
        await sessions.EndAllAsync(scope.Practice, person.Id, "password changed", current.Required.Id, ct);
        return Done("/account", "Password changed. You were signed out everywhere else.");
    }
}
