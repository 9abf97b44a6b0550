using Microsoft.AspNetCore.Mvc;
using Modular.Patients;
using Modular.Patients.Messages;
using Modular.Sdk;

namespace Modular.Scheduling.Appointments;

/// <summary>Patients as they are typed into the booking form; whoever is new is registered from there.</summary>
public sealed class PatientsToBook(SchedulingDb db, IAccessLog log, IPractice practice) : Slice
{
    [HttpGet("/scheduling/appointments/patients")]
    [Needs(SchedulingPermissions.Book)]
    public Task<PickList> Get(string? patientName, string? location, string? type, string? provider, string? date, string? start, CancellationToken ct)
    {
        // What was chosen so far comes back with the new patient; a module that is off answers as it does.
        var back = $"/scheduling/appointments/book?location={location}&type={type}&provider={provider}&date={date}&start={Uri.EscapeDataString(start ?? "")}&patient=";
        var register = !Actor.Can(PatientsPermissions.Edit) ? null
            : new PickElse($"/patients/registrations/quick?q={Uri.EscapeDataString(patientName ?? "")}&back={Uri.EscapeDataString(back)}", "Register a new patient", "Name, birth date, sex and phone; then book on")
            {
                Icon = "user-plus",
            };
        return db.Patients.PickAsync(patientName, WallTime.Today(Clock, practice.Zone), log, "Patients found while booking", ct, otherwise: register);
    }
}
