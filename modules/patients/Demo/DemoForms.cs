using Microsoft.EntityFrameworkCore;
using Modular.Patients.Registrations;
using Modular.Sdk;

namespace Modular.Patients.Demo;

/// <summary>A registration update that patients fill in, and two that came in and wait for the front desk.</summary>
public sealed class DemoForms(PatientsDb db, IForms forms) : IDemoData
{
    public async Task SeedAsync(DateOnly today, CancellationToken ct)
    {
        var patients = await db.Patients.AsNoTracking().Where(p => !p.Restricted && p.DeceasedOn == null && p.SourceSystem == DemoHouseholds.Source)
            .OrderBy(p => p.RecordNumber).Skip(60).Take(2).ToListAsync(ct);
        var form = await forms.BeginAsync(RegistrationUpdate.Kind, "Is this still right?", ct);
        if (patients.Count < 2 || (await forms.AnsweredAsync(RegistrationUpdate.Kind, ct: ct)).Count > 0)
        {
            return;
        }

        await forms.TakeDownAsync(form, patients[0].Id, patients[0].FullName, new Dictionary<string, string>
        {
            ["address"] = "42 Juniper Lane", ["city"] = "Fairhaven", ["state"] = "OH", ["zip"] = "44001", ["mobile-phone"] = "(555) 010-6612",
            ["emergency-first-name"] = "Iris", ["emergency-last-name"] = "Calder", ["emergency-phone"] = "(555) 010-6613", ["emergency-relationship"] = "sibling",
        }, ct);
        await forms.TakeDownAsync(form, patients[1].Id, patients[1].FullName, new Dictionary<string, string>
        {
            ["language"] = "es", ["email"] = "new.address@example.org", ["preferred-channel"] = "email",
        }, ct);
    }
}
