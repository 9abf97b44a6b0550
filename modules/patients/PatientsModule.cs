using Modular.Sdk;

namespace Modular.Patients;

/// <summary>The index of the module.</summary>
public sealed class PatientsModule : IModule
{
    public void Configure(ModuleBuilder module) => module
        .Permission("patients.patient.read", "Find patients and open charts", Roles.Clinic)
        .Permission("patients.patient.edit", "Register and change patients", Roles.FrontDesk, Roles.Nurse, Roles.Manager);
}
