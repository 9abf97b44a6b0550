using Microsoft.AspNetCore.Mvc;
using Modular.Host.Core;
using Modular.Host.People;
using Modular.Sdk;

namespace Modular.Host.Pages.People;

/// <summary>Makes somebody known and gives the link by which they set their password; whoever invites hands it over.</summary>
public sealed class InvitePerson(PeopleDb db, CoreDb core, PeopleAdmin admin, ScopeContext scope) : Slice
{
    [HttpGet("/admin/people/invite")]
    [Needs("core.people.manage"), StepUp]
    public async Task<IActionResult> Get(CancellationToken ct) =>
        Page(await PersonFormModel.OfAsync(new() { AllLocations = Actor.Locations is null }, null, db, core, admin, scope, ct));

    [HttpPost("/admin/people/invite")]
    [Needs("core.people.manage"), StepUp]
    public async Task<IActionResult> Post([Bind(Prefix = "Form")] PersonForm form, CancellationToken ct)
    {
        form.Check(ModelState, scope.Practice);
        await form.CheckStaffAsync(ModelState, core, ct);
        if (form.SignInName.Trim().Length is 0 or > 254)
        {
            Refuse("Form.SignInName", "Type the e-mail or user name they will sign in with.");
        }

        if (ModelState.IsValid)
        {
            try
            {
                var (person, link) = await admin.InviteAsync(new(form.Name, form.SignInName, form.Access, StaffMemberId: form.StaffMemberId), ct);
                return View("Link", new LinkModel(person.Name, PersonLink.Full(Request, scope.Practice, link), "invitation"));
            }
            catch (PeopleException e)
            {
                Refuse("", e.Message);
            }
        }

        return Invalid(await PersonFormModel.OfAsync(form, null, db, core, admin, scope, ct));
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
