using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Patients.Registrations;

/// <summary>A new patient with everything the practice keeps.</summary>
public sealed class FullRegistration(PatientsDb db, IAccessLog log, IPractice practice, Registrar registrar, ISettings<PatientsSettings> settings)
    : PatientSlice(db, log, practice)
{
    [HttpGet("/patients/registrations/full")]
    [Needs(PatientsPermissions.Edit)]
    public async Task<IActionResult> Get(string? q, CancellationToken ct)
    {
        var form = RegistrationPage.From(q, Today);
        form.State = (await settings.GetAsync(ct: ct)).State;
        return Page(new RegistrationPage(form, [], Actor.Can(PatientsPermissions.OpenRestricted)));
    }

    [HttpPost("/patients/registrations/full")]
    [Needs(PatientsPermissions.Edit)]
    public async Task<IActionResult> Post(PatientForm form, CancellationToken ct)
    {
        form.Restricted &= Actor.Can(PatientsPermissions.OpenRestricted);
        var outcome = await registrar.RegisterAsync(form, Today, ct);
        if (outcome.Registered is { } patient)
        {
            return Done($"/patients/charts/{patient.Id}", $"{patient.FirstName} {patient.LastName} is registered, number {patient.RecordNumber}.");
        }

        Accept(outcome.Errors);
        AccessLog.Listed([.. outcome.Same.Select(p => p.Id)], "possible duplicates at registration");
        return Invalid(new RegistrationPage(form, outcome.Same, Actor.Can(PatientsPermissions.OpenRestricted)));
    }
}
