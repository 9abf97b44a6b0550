using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Modular.Host.Callers;
using Modular.Host.People;
using Modular.Host.Practices;
using Modular.Host.Programs.Tokens;
using Modular.Host.Rights;
using Modular.Host.SignIn;
using Modular.Host.SignedIn;
using Modular.Sdk;

namespace Modular.Host.Account;

/// <summary>A person's own page: name, ways to sign in, where they are signed in.</summary>
public sealed class Account(UserManager<Person> people, PeopleAdmin admin, Sessions sessions, LetIn letIn, ScopeContext scope, CurrentSession current) : Slice
{
    private const string Reason = "Everybody manages their own sign-in, and only their own.";

    public sealed record Model(
        Person Person, string Name, string? Email, bool HasAuthenticator, int CodesLeft, IReadOnlyList<UserPasskeyInfo> Passkeys, IReadOnlyList<OpenSession> Sessions, Guid Here,
        IReadOnlyList<LetInProgram> Programs);

    [HttpGet("/account")]
    [OpenTo(Audience.SignedIn, Reason)]
    public async Task<IActionResult> Get(CancellationToken ct) => Page(await ModelAsync(ct));

    [HttpPost("/account")]
    [OpenTo(Audience.SignedIn, Reason)]
    public async Task<IActionResult> Post(string? name, string? email, CancellationToken ct)
    {
        var person = await MeAsync();
        if (string.IsNullOrWhiteSpace(name) || name.Trim().Length > 120)
        {
            Refuse(nameof(name), "Type your name, up to 120 letters.");
        }

        if (!string.IsNullOrWhiteSpace(email) && !EmailAddress.IsPlausible(email.Trim()))
        {
            Refuse(nameof(email), "That is no e-mail address.");
        }

        if (!ModelState.IsValid)
        {
            return Invalid(await ModelAsync(ct) with { Name = name ?? "", Email = email });
        }

        person.Name = name!.Trim();
        person.Email = string.IsNullOrWhiteSpace(email) ? null : email.Trim();
        try
        {
            await admin.CheckNameAsync(person, ct);
        }
        catch (PeopleException e)
        {
            Refuse(nameof(email), e.Message);
            return Invalid(await ModelAsync(ct) with { Name = name, Email = email });
        }

        await people.UpdateAsync(person);
        return Done("/account", "Profile saved");
    }

    /// <summary>A program no longer acts for the person.</summary>
    [HttpPost("/account/programs/end")]
    [OpenTo(Audience.SignedIn, Reason)]
    public async Task<IActionResult> EndProgram(Guid id, CancellationToken ct) =>
        await letIn.EndAsync(current.Required.PersonId, id, ct) ? Done("/account", "The program no longer works in your name") : NotFound();

    private async Task<Model> ModelAsync(CancellationToken ct)
    {
        var person = await MeAsync();
        return new(
            person, person.Name, person.Email, person.TwoFactorEnabled,
            person.TwoFactorEnabled ? await people.CountRecoveryCodesAsync(person) : 0,
            [.. await people.GetPasskeysAsync(person)],
            await sessions.ListAsync(scope.Practice, person.Id, ct),
            current.Required.Id,
            await letIn.ListAsync(person.Id, ct));
    }

    private async Task<Person> MeAsync() => (await people.FindByIdAsync(current.Required.PersonId.ToString()))!;
}
