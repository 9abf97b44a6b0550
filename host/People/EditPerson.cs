using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Host.Core;
using Modular.Host.Practices;
using Modular.Host.Rights;
using Modular.Host.SignIn.Provider;
using Modular.Sdk;
using Modular.Sdk.Core;

namespace Modular.Host.People;

/// <summary>Name, roles and places of one person, and what to do when they lost their phone or left.</summary>
public sealed class EditPerson(
    PeopleDb db, CoreDb core, PeopleAdmin admin, Authority authority, SecondFactorRemovals removals, Providers providers, IMessageBus bus,
    ScopeContext scope) : Slice
{
    [HttpGet("/admin/people/edit/{id:guid}")]
    [Needs("core.people.manage"), StepUp]
    public Task<IActionResult> Get(Guid id, CancellationToken ct) => Row.ShowAsync(id, ct);

    [HttpPost("/admin/people/edit/{id:guid}")]
    [Needs("core.people.manage"), StepUp]
    public Task<IActionResult> Post(Guid id, [Bind(Prefix = "Form")] PersonForm form, CancellationToken ct) => Row.SaveAsync(id, form, ct);

    private Edit<Person, PersonForm> Row => new(this, db)
    {
        What = "person",
        AlsoShow = async (person, form, ct) => form.Show(await admin.AccessOfAsync(person, ct)),
        Model = async (person, form, ct) => await ModelAsync(form, person!, ct),
        Check = (_, form, read, ct) => form.CheckAsync(read, scope.Practice, core, ct),
        Save = (person, form, read, ct) => read.TryAsync(() => admin.ChangeAsync(person, form.Name, form.Access, form.StaffMemberId, ct)),
        Saved = person => Done("/admin/people", $"{person.Name} saved. It counts from their next click."),
    };

    [HttpPost("/admin/people/edit/{id:guid}/deactivate")]
    [Needs("core.people.manage"), StepUp]
    public Task<IActionResult> Deactivate(Guid id, CancellationToken ct) =>
        ThenAsync(id, person => EndAsync(person, Clock.GetUtcNow(), ct), person => Done("/admin/people", $"{person.Name} can no longer sign in"), ct);

    /// <summary>A last day that is known: until its minute all goes on.</summary>
    /// <param name="day">Neither day nor time takes back an end that was to come.</param>
    [HttpPost("/admin/people/edit/{id:guid}/end")]
    [Needs("core.people.manage"), StepUp]
    public Task<IActionResult> End(Guid id, DateOnly? day, TimeOnly? time, CancellationToken ct)
    {
        if (!ModelState.IsValid || day is null != time is null)
        {
            const string Sentence = "Give the day and the time at which the sign-in ends, or neither.";
            return ThenAsync(id, _ => throw new PeopleException(Sentence), _ => NotFound(), ct);
        }

        DateTimeOffset? at = day is null ? null : WallTime.Instant(day.Value, time!.Value, scope.Practice.Zone);
        return ThenAsync(id, person => EndAsync(person, at, ct),
            person => Done($"/admin/people/edit/{id}", $"{person.Name}'s sign-in {(at is null ? "does not end" : "ends at that minute")}"), ct);
    }

    [HttpPost("/admin/people/edit/{id:guid}/reactivate")]
    [Needs("core.people.manage"), StepUp]
    public Task<IActionResult> Reactivate(Guid id, CancellationToken ct) =>
        ThenAsync(id, person => admin.ReactivateAsync(person, ct), person => Done("/admin/people", $"{person.Name} can sign in again"), ct);

    /// <summary>For when their account at the provider is another one now.</summary>
    [HttpPost("/admin/people/edit/{id:guid}/release")]
    [Needs("core.people.manage"), StepUp]
    public Task<IActionResult> Release(Guid id, CancellationToken ct) => ThenAsync(
        id, person => providers.ReleaseAsync(person, ct), person => Done($"/admin/people/edit/{id}", $"{person.Name} signs in with the provider by their e-mail address again"), ct);

    [HttpPost("/admin/people/edit/{id:guid}/reset")]
    [Needs("core.people.manage"), StepUp]
    public async Task<IActionResult> Reset(Guid id, CancellationToken ct)
    {
        var link = "";
        return await ThenAsync(
            id, async person => link = await admin.ResetAsync(person, dropSecondFactor: false, ct),
            person => View("Link", new LinkModel(person.Name, PersonLink.Full(Request, scope.Practice, link), "reset")), ct);
    }

    /// <summary>The phone with app and passkeys is gone: one asks, another agrees.</summary>
    [HttpPost("/admin/people/edit/{id:guid}/second-factor")]
    [Needs("core.people.manage"), StepUp]
    public Task<IActionResult> RemoveSecondFactor(Guid id, CancellationToken ct)
    {
        bool? told = null;
        return ThenAsync(id, async person => told = await removals.AskOrAgreeAsync(person, ct), person => Done($"/admin/people/edit/{id}", told switch
        {
            null => $"Asked. Somebody else who may change {person.Name} has to agree within a day, on this page.",
            true => $"Authenticator app and passkeys removed. {person.Name} is told by e-mail.",
            false => $"Authenticator app and passkeys removed. No e-mail reaches {person.Name}: tell them yourself.",
        }), ct);
    }

    private async Task EndAsync(Person person, DateTimeOffset? at, CancellationToken ct)
    {
        await using var write = await admin.BeginAsync(person, ct);
        var set = await bus.InvokeAsync<SignInEndSet>(new EndSignIn(person.Id, at), ct);
        if (set?.Refusal is { } refusal)
        {
            throw new PeopleException(refusal);
        }

        await write.CommitAsync(ct);
    }

    private async Task<IActionResult> ThenAsync(Guid id, Func<Person, Task> step, Func<Person, IActionResult> then, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } person)
        {
            return NotFound();
        }

        var read = NewReading();
        await read.TryAsync(() => step(person));
        if (Accept(read.Errors))
        {
            return then(person);
        }

        // What the step changed in memory is not what is saved.
        db.ChangeTracker.Clear();
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return await Row.ShowAsync(id, ct);
    }

    private async Task<PersonFormModel> ModelAsync(PersonForm form, Person person, CancellationToken ct) =>
        await PersonFormModel.OfAsync(form, person, db, core, authority, scope, ct) with
        {
            Fault = await authority.FaultAsync(person, ct),
            Asked = await removals.AskedAsync(person.Id, ct),
        };

    private Task<Person?> FindAsync(Guid id, CancellationToken ct) => db.People.FirstOrDefaultAsync(p => p.Id == id, ct);
}
