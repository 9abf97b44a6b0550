namespace Modular.Patients;

/// <summary>What somebody may do here: named once, for routes, navigation, messages and checks, here and in modules that show patients.</summary>
public static class PatientsPermissions
{
    public const string Read = "patients.patient.read";
    public const string Edit = "patients.patient.edit";
    public const string OpenRestricted = "patients.patient.open-restricted";
    public const string Export = "patients.patient.export";
    public const string Import = "patients.patient.import";
    public const string EditCoverage = "patients.coverage.edit";
    public const string Setup = "patients.setup.manage";
    public const string Merge = "patients.patient.merge";
    public const string ExportRecord = "patients.record.export";
    public const string WritePhoneMessage = "patients.phone-message.write";
    public const string AnswerPhoneMessage = "patients.phone-message.answer";
    public const string Privacy = "patients.privacy.manage";
    public const string EditDocument = "patients.document.edit";
    public const string FileScan = "patients.scan.file";
}
