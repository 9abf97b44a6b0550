using Microsoft.AspNetCore.Mvc;
using Modular.Sdk;

namespace Modular.Patients.Registrations;

/// <summary>A new patient on the phone in five fields; the rest is asked at check-in and waits on the "to finish" list.</summary>
public sealed class QuickRegistration(PatientsDb db, IAccessLog log, IPractice practice, Registrar registrar) : PatientSlice(db, log, practice)
{
    [HttpGet("/patients/registrations/quick")]
    [Needs(PatientsModule.Edit)]
    public IActionResult Get(string? q) => Page(new RegistrationPage(RegistrationPage.From(q, Today), []));

    [HttpPost("/patients/registrations/quick")]
    [Needs(PatientsModule.Edit)]
    public async Task<IActionResult> Post(PatientForm form, CancellationToken ct)
    {
        var outcome = await registrar.RegisterAsync(form, Today, ct);
        if (outcome.Registered is { } patient)
        {
            return Done($"/patients/charts/{patient.Id}", $"{patient.FirstName} {patient.LastName} is registered, number {patient.RecordNumber}.");
        }

        Accept(outcome.Errors);
        AccessLog.Listed([.. outcome.Same.Select(p => p.Id)], "possible duplicates at registration");
        return Invalid(new RegistrationPage(form, outcome.Same));
    }
}
