using Modular.Patients.Messages;
using Modular.Sdk;

namespace Modular.Patients.Registrations;

/// <summary>Quick registration for other modules' forms, such as a walk-in: the same rules, numbers and "to finish" list.</summary>
public sealed class RegisterPatientHandler(Registrar registrar, IPractice practice, TimeProvider clock)
{
    public async Task<PatientRegistered> HandleAsync(RegisterPatient ask, CancellationToken ct)
    {
        var form = new PatientForm
        {
            LastName = ask.LastName, FirstName = ask.FirstName, BirthDate = ask.BirthDate, Sex = ask.Sex, MobilePhone = ask.Phone, Anyway = ask.Anyway,
        };
        var outcome = await registrar.RegisterAsync(form, WallTime.Today(clock, practice.Zone), ct);
        return new(outcome.Registered?.Id, [.. outcome.Errors.Select(e => KeyValuePair.Create(e.Field == nameof(form.MobilePhone) ? nameof(ask.Phone) : e.Field, e.Sentence))], [.. outcome.Same.Select(p => p.Id)]);
    }
}
