using Microsoft.EntityFrameworkCore;
using Modular.Patients.Charts;

namespace Modular.Patients.Registrations;

/// <summary>When a registration is complete.</summary>
public static class Registration
{
    /// <summary>Brings the "to finish" list of a patient up to what is known now; the caller saves.</summary>
    public static async Task FinishAsync(PatientsDb db, Patient patient, PatientsSettings settings, DateOnly today, CancellationToken ct)
    {
        var guarantor = await db.Contacts.AnyAsync(c => c.PatientId == patient.Id && c.Guarantor && c.FromDate <= today && (c.ToDate == null || c.ToDate >= today), ct);
        var missing = Missing(patient, settings, today, guarantor);
        if (!missing.SequenceEqual(patient.ToFinish))
        {
            patient.ToFinish = missing;
        }
    }

    /// <summary>What the practice asks for and does not have yet, in the office's words.</summary>
    /// <param name="guarantor">Somebody else pays for the patient.</param>
    public static List<string> Missing(Patient patient, PatientsSettings settings, DateOnly today, bool guarantor)
    {
        var missing = new List<string>();
        Ask(settings.RequireAddress && (patient.Address is null || patient.City is null || patient.State is null || patient.Zip is null), "address");
        Ask(settings.RequirePhone && patient.Phone is null, "phone");
        Ask(settings.RequireEmail && patient.Email is null, "e-mail");
        Ask(settings.RequireSex && patient.Sex == "U", "sex");
        Ask(settings.RequireGuarantorOfMinors && !guarantor && patient.DeceasedOn is null && Age.Years(patient.BirthDate, today) < settings.AdultAge, "guarantor");
        return missing;

        void Ask(bool lacks, string what)
        {
            if (lacks)
            {
                missing.Add(what);
            }
        }
    }
}
