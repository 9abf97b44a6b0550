using Microsoft.AspNetCore.Mvc;
using Modular.Patients.Registrations;
using Modular.Sdk;

namespace Modular.Patients.Charts;

/// <summary>Break-glass: a restricted chart opens to a person who says why, until the day ends, and the reason stays in the access log.</summary>
public sealed class UnlockChart(PatientsDb db, IPatientAccess patients, IAccessLog log, IPractice practice) : Slice
{
    public sealed record Form(Guid Id, bool MayOpen, string ReturnUrl, string? Reason);

    [HttpGet("/patients/charts/{id:guid}/unlock")]
    [Needs(PatientsPermissions.Read)]
    public IActionResult Get(Guid id, string? returnUrl) => patients.IsShut(id)
        ? Page(new Form(id, Actor.Can(PatientsPermissions.OpenRestricted), Back(id, returnUrl), null))
        : LocalRedirect(Back(id, returnUrl));

    [HttpPost("/patients/charts/{id:guid}/unlock")]
    [Needs(PatientsPermissions.OpenRestricted)]
    public async Task<IActionResult> Post(Guid id, string? reason, string? returnUrl, CancellationToken ct)
    {
        if (!patients.IsShut(id))
        {
            return LocalRedirect(Back(id, returnUrl));
        }

        var why = Reading.Clean(reason);
        if (why is null or { Length: < 5 or > 300 })
        {
            Refuse("reason", "Say in a few words why you need this chart (5 to 300 letters). The privacy officer reads it.");
            return Invalid(new Form(id, true, Back(id, returnUrl), reason));
        }

        var now = Clock.GetUtcNow();
        var (_, until) = WallTime.Day(WallTime.Today(Clock, practice.Zone), practice.Zone);
        db.Add(new ChartOpening { PatientId = id, PersonId = Actor.PersonId!.Value, Reason = why, OpenedAt = now, Until = until });
        log.Viewed(id, "opened a restricted chart", why);
        await db.SaveChangesAsync(ct);
        return Done(Back(id, returnUrl), "The chart is open to you until the end of the day. Your reason was noted.");
    }

    private string Back(Guid id, string? returnUrl) => Url.IsLocalUrl(returnUrl) ? returnUrl : $"/patients/charts/{id}";
}
