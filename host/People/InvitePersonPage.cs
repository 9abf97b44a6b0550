using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Host.Core;
using Modular.Host.Practices;
using Modular.Host.Rights;
using Modular.Sdk;
using Modular.Sdk.Core;

namespace Modular.Host.People;

/// <summary>Makes somebody known and gives the link by which they set their password; whoever invites hands it over.</summary>
public sealed class InvitePersonPage(PeopleDb db, CoreDb core, PeopleAdmin admin, Authority authority, IMessageBus bus, ScopeContext scope) : Slice
{
    [HttpGet("/admin/people/invite")]
    [Needs("core.people.manage"), StepUp]
    public async Task<IActionResult> Get(CancellationToken ct) =>
        Page(await PersonFormModel.OfAsync(new() { AllLocations = Actor.Locations is null }, null, db, core, authority, scope, ct));

    [HttpPost("/admin/people/invite")]
    [Needs("core.people.manage"), StepUp]
    public async Task<IActionResult> Post([Bind(Prefix = "Form")] PersonForm form, CancellationToken ct)
    {
        var read = NewReading();
        await form.CheckAsync(read, scope.Practice, core, ct);
        Accept(read.Errors);
        if (form.SignInName.Trim().Length is 0 or > 254)
        {
            Refuse("Form.SignInName", "Type the e-mail or user name they will sign in with.");
        }

        if (ModelState.IsValid)
        {
            await using var write = await db.BeginWriteAsync(ct);
            var id = Guid.CreateVersion7();
            var invited = (await bus.InvokeAsync<PersonInvited>(new Modular.Sdk.Core.InvitePerson(
                id, form.Name, form.SignInName, form.Presets, form.AllLocations ? null : form.Locations, form.StaffMemberId, form.CustomRoles), ct))!;
            if (invited.Refusal is null)
            {
                var person = await db.People.SingleAsync(p => p.Id == id, ct);
                var link = invited.LinkMailed ? null : await admin.InvitationLinkAsync(person, ct);
                await write.CommitAsync(ct);
                return link is null ? Done("/admin/people", $"{person.Name} is invited; the link is on its way to {person.Email}")
                    : View("Link", new LinkModel(person.Name, PersonLink.Full(Request, scope.Practice, link), "invitation"));
            }

            Refuse("", invited.Refusal);
        }

        return Invalid(await PersonFormModel.OfAsync(form, null, db, core, authority, scope, ct));
    }
}

/// <param name="Kind">invitation or reset.</param>
public sealed record LinkModel(string Name, string Link, string Kind);

public static class PersonLink
{
    /// <summary>The practice's configured address; the one in the browser when none is.</summary>
    public static string Full(HttpRequest request, IPractice practice, string path) =>
        (practice.BaseUrl.Length > 0 ? practice.BaseUrl : $"{request.Scheme}://{request.Host}") + path;
}
