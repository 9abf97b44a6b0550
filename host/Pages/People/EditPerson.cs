using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Host.Core;
using Modular.Host.People;
using Modular.Host.People.Provider;
using Modular.Sdk;

namespace Modular.Host.Pages.People;

/// <summary>Name, roles and places of one person, and what to do when they lost their phone or left.</summary>
public sealed class EditPerson(PeopleDb db, CoreDb core, PeopleAdmin admin, Providers providers, ScopeContext scope) : Slice
{
    [HttpGet("/admin/people/edit/{id:guid}")]
    [Needs("core.people.manage"), StepUp]
    public async Task<IActionResult> Get(Guid id, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } person)
        {
            return NotFound();
        }

        var access = await admin.AccessOfAsync(person, ct);
        var form = PersonForm.Of(person, access);
        return Page(await PersonFormModel.OfAsync(form, person, db, core, admin, scope, ct));
    }

    [HttpPost("/admin/people/edit/{id:guid}")]
    [Needs("core.people.manage"), StepUp]
    public async Task<IActionResult> Post(Guid id, [Bind(Prefix = "Form")] PersonForm form, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } person)
        {
            return NotFound();
        }

        form.Check(ModelState, scope.Practice);
        await form.CheckStaffAsync(ModelState, core, ct);
        return ModelState.IsValid && await TryAsync(() => admin.ChangeAsync(person, form.Name, form.Access, form.StaffMemberId, ct))
            ? Done("/admin/people", $"{person.Name} saved. It counts from their next click.")
            : Invalid(await PersonFormModel.OfAsync(form, person, db, core, admin, scope, ct));
    }

    [HttpPost("/admin/people/deactivate/{id:guid}")]
    [Needs("core.people.manage"), StepUp]
    public Task<IActionResult> Deactivate(Guid id, CancellationToken ct) =>
        ThenAsync(id, person => admin.DeactivateAsync(person, ct), person => Done("/admin/people", $"{person.Name} can no longer sign in"), ct);

    [HttpPost("/admin/people/reactivate/{id:guid}")]
    [Needs("core.people.manage"), StepUp]
    public Task<IActionResult> Reactivate(Guid id, CancellationToken ct) =>
        ThenAsync(id, person => admin.ReactivateAsync(person, ct), person => Done("/admin/people", $"{person.Name} can sign in again"), ct);

    /// <summary>For when their account at the provider is another one now.</summary>
    [HttpPost("/admin/people/release/{id:guid}")]
    [Needs("core.people.manage"), StepUp]
    public Task<IActionResult> Release(Guid id, CancellationToken ct) => ThenAsync(
        id, person => providers.ReleaseAsync(person.Id, ct), person => Done($"/admin/people/edit/{id}", $"{person.Name} signs in with the provider by their e-mail address again"), ct);

    /// <param name="lost">The phone with app and passkeys is gone, too.</param>
    [HttpPost("/admin/people/reset/{id:guid}")]
    [Needs("core.people.manage"), StepUp]
    public async Task<IActionResult> Reset(Guid id, bool lost, CancellationToken ct)
    {
        var link = "";
        return await ThenAsync(
            id, async person => link = await admin.ResetAsync(person, lost, ct),
            person => View("Link", new LinkModel(person.Name, PersonLink.Full(Request, scope.Practice, link), "reset")), ct);
    }

    private async Task<IActionResult> ThenAsync(Guid id, Func<Person, Task> step, Func<Person, IActionResult> then, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } person)
        {
            return NotFound();
        }

        if (await TryAsync(() => step(person)))
        {
            return then(person);
        }

        var access = await admin.AccessOfAsync(person, ct);
        return Invalid(await PersonFormModel.OfAsync(PersonForm.Of(person, access), person, db, core, admin, scope, ct));
    }

    private async Task<bool> TryAsync(Func<Task> step)
    {
        try
        {
            await step();
            return true;
        }
        catch (PeopleException e)
        {
            Refuse("", e.Message);
            return false;
        }
    }

    private Task<Person?> FindAsync(Guid id, CancellationToken ct) => db.People.FirstOrDefaultAsync(p => p.Id == id, ct);
}
