using Modular.Patients.Charts;

namespace Modular.Patients.Registrations;

/// <summary>When a registration is complete.</summary>
public static class Registration
{
    /// <summary>What the practice asks for and does not have yet, in the office's words.</summary>
    public static List<string> Missing(Patient patient, PatientsSettings settings)
    {
        var missing = new List<string>();
        Ask(settings.RequireAddress && (patient.Address is null || patient.City is null || patient.State is null || patient.Zip is null), "address");
        Ask(settings.RequirePhone && patient.Phone is null, "phone");
        Ask(settings.RequireEmail && patient.Email is null, "e-mail");
        Ask(settings.RequireSex && patient.Sex == "U", "sex");
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
