using Htmx;
using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Patients.Registrations;

/// <summary>A new patient on the phone in five fields; the rest is asked at check-in and waits on the "to finish" list.</summary>
public sealed class QuickRegistration(PatientsDb db, IAccessLog log, IPractice practice, Registrar registrar) : PatientSlice(db, log, practice)
{
    /// <param name="back">A form that waits for the new patient, such as the booking: its address, to which the patient's id is added.</param>
    [HttpGet("/patients/registrations/quick")]
    [Needs(PatientsPermissions.Edit)]
    public IActionResult Get(string? q, string? back) => Page(new RegistrationPage(RegistrationPage.From(q, Today), [], Back: Local(back)));

    [HttpPost("/patients/registrations/quick")]
    [Needs(PatientsPermissions.Edit)]
    public async Task<IActionResult> Post(PatientForm form, string? back, CancellationToken ct)
    {
        var outcome = await registrar.RegisterAsync(form, Today, ct);
        if (outcome.Registered is { } patient)
        {
            var said = $"{patient.FirstName} {patient.LastName} is registered, number {patient.RecordNumber}.";
            return Local(back) is { } waiting ? On($"{waiting}{patient.Id}", said) : Done($"/patients/charts/{patient.Id}", said);
        }

        Accept(outcome.Errors);
        AccessLog.Listed([.. outcome.Same.Select(p => p.Id)], "possible duplicates at registration");
        return Invalid(new RegistrationPage(form, outcome.Same, Back: Local(back)));
    }

    private string? Local(string? back) => Url.IsLocalUrl(back) ? back : null;

    /// <summary>The form that waits comes into the drawer in which the patient was registered; the board behind stays.</summary>
    private IActionResult On(string url, string said)
    {
        if (!Request.WantsFragment())
        {
            return Done(url, said);
        }

        Response.Htmx(h => h.WithTrigger("toast", new { text = said }).Location(new HtmxLocation { Path = url, Target = "#drawer" }));
        return StatusCode(200);
    }
}
