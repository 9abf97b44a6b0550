using Modular.Patients.Charts;
using Modular.Sdk;

namespace Modular.Patients.Search;

/// <summary>What the one search box and the one task inbox know of patients.</summary>
public static class PatientSearch
{
    public static SearchEntry Entry(Patient patient) => new(
        PatientNames.LastFirst(patient.LastName, patient.FirstName, patient.Suffix),
        $"{Said.ShortDay(patient.BirthDate)} · {patient.Sex} · {patient.RecordNumber}",
        $"/patients/charts/{patient.Id}",
        PatientsPermissions.Read,
        string.Join(' ', [patient.PreferredName, patient.MiddleName, .. patient.FormerNames, patient.MobilePhone, patient.HomePhone, patient.WorkPhone,
            $"{patient.BirthDate:yyyy-MM-dd}", $"{patient.BirthDate:MMddyy}", $"{patient.BirthDate:MMddyyyy}"]),
        PatientId: patient.Id)
    { Codes = [patient.RecordNumber] };

    public static TaskEntry? ToFinish(Patient patient) => patient.ToFinish.Count == 0 || patient.DeceasedOn is not null ? null : new(
        $"Finish registration of {patient.FirstName} {patient.LastName}: {string.Join(", ", patient.ToFinish)}",
        $"/patients/charts/{patient.Id}/edit",
        PatientsPermissions.Edit,
        Role: Roles.FrontDesk,
        PatientId: patient.Id);
}
