using Microsoft.Extensions.DependencyInjection;
using Modular.Patients.Addresses;
using Modular.Patients.Cases;
using Modular.Patients.Charts;
using Modular.Patients.Coverages;
using Modular.Patients.Demo;
using Modular.Patients.Duplicates;
using Modular.Patients.Search;
using Modular.Patients.Imports;
using Modular.Patients.Messages;
using Modular.Patients.Minors;
using Modular.Patients.RecordRequests;
using Modular.Patients.Registrations;
using Modular.Patients.Scans;
using Modular.Patients.PhoneMessages;
using Modular.Sdk;

namespace Modular.Patients;

/// <summary>The index of the module.</summary>
public sealed class PatientsModule : IModule
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
    public const string Erase = "patients.record.erase";
    public const string WritePhoneMessage = "patients.phone-message.write";
    public const string AnswerPhoneMessage = "patients.phone-message.answer";
    public const string Privacy = "patients.privacy.manage";
    public const string PhoneMessageTopic = "patients.phone-messages";
    public const string EditDocument = "patients.document.edit";
    public const string FileScan = "patients.scan.file";
    public const string ScanTopic = "patients.scans";

    public void Configure(ModuleBuilder module)
    {
        module.Services.AddScoped<Registrar>().AddScoped<ChartEditor>().AddScoped<ScanIntake>().AddScoped<ScanDesk>();
        Declare(module);
    }

    private static void Declare(ModuleBuilder module) => module
        .Database<PatientsDb>()
        .Permission(Read, "Find patients and open charts", Roles.Clinic)
        .Permission(Edit, "Register and change patients", Roles.FrontDesk, Roles.Nurse, Roles.Manager)
        .Permission(OpenRestricted, "Open a restricted chart after saying why", Roles.Nurse, Roles.Provider, Roles.Manager)
        .Permission(Export, "Export the patient list", Roles.Manager)
        .Permission(Import, "Import patients, payers and coverage", Roles.Manager)
        .Permission(EditCoverage, "Add, change and end coverage", Roles.FrontDesk, Roles.Biller, Roles.Manager)
        .Permission(EditDocument, "File documents in a chart", Roles.Clinic)
        .Permission(FileScan, "See scans and faxes that wait, and file them", Roles.FrontDesk, Roles.Nurse, Roles.Biller, Roles.Manager)
        .Permission(Merge, "Merge two records of one patient, and take it back", Roles.Manager)
        .Permission(ExportRecord, "Export everything of one patient", Roles.Manager)
        .Permission(Erase, "Hold records, and erase those whose period is over")
        .Permission(WritePhoneMessage, "Take messages of callers", Roles.Clinic)
        .Permission(AnswerPhoneMessage, "See and answer messages of callers", Roles.Clinic)
        .Permission(Privacy, "Answer record requests and write down disclosures", Roles.FrontDesk, Roles.Manager)
        .Permission(Setup, "Change agreement forms and payers", Roles.Manager)
        .Navigation("Patients", "/patients", "users", Read, 20)
        .Navigation("Messages", "/patients/phone-messages", "message", AnswerPhoneMessage, 22,
            "select count(*) from patients.phone_messages where closed_at is null and ($1 or location_id = any($2)) and ($3::uuid is null or location_id = $3)")
        .Navigation("Scans and faxes", "/patients/scans", "inbox", FileScan, 24,
            "select count(*) from patients.scans where state = 'waiting' and ($1 or location_id = any($2)) and ($3::uuid is null or location_id = $3)", PatientsSettings.Documents)
        .Navigation("Duplicates", "/patients/duplicates", "copy", Merge, 25,
            "select count(*) from patients.duplicates where state = 'open'")
        .Navigation("Patient setup", "/patients/agreement-forms", "file", Setup, 810)
        .Search<Patient>("Patient", PatientSearch.Entry)
        .Tasks<Patient>("registration", PatientSearch.ToFinish)
        .Tasks<AgeReview>("age", AgeReview.Task)
        .Job<FindBirthdays>("patients.birthdays", "Find patients who came of age", "0 10 5 * * ?")
        .Job<TellReach>("patients.reach", "Tell of confidential ways that begin or end today", "0 15 0 * * ?")
        .Job<FindDuplicates>("patients.duplicates", "Find records that look like one patient", "0 40 2 * * ?")
        .FolderJob<WatchScanFolders>(ScanFolder.Root, "patients.scan-folders", "Take what scanners and fax servers brought", "0/30 * * * * ?", MissedRun.Skip)
        .Job<DropOldScans>("patients.old-scans", "Take filed and discarded scans off the shelf after thirty days", "0 50 3 * * ?")
        .Tasks<Scan>("scan", Scan.Task)
        .Tasks<PhoneMessage>("message", PhoneMessage.Task)
        .Tasks<RecordRequest>("request", RecordRequest.Task)
        .Letter(RecordsLetter.Kind)
        .Topic(PhoneMessageTopic, AnswerPhoneMessage)
        .Topic(ScanTopic, FileScan)
        .RestrictedCharts(
            "select p.id, o.person_id, o.reason, o.until from patients.patients p left join patients.chart_openings o on o.patient_id = p.id and o.until > $1 where p.restricted",
            OpenRestricted, "/patients/charts/{id}/unlock", typeof(Patient), typeof(ChartOpening))
        .PatientSlot("patients.chart")
        .Slot<PatientBanner>(PatientBannerTagHelper.Slot, Read)
        .ListSlot<PatientMarks>(PatientMarks.Slot, Read)
        .Widget<RegisteredToday>("New patients", Read, 30, Roles.FrontDesk, Roles.Manager)
        .Import<PatientImport>()
        .Import<PayerImport>()
        .Import<CoverageImport>()
        .Demo<DemoPatients>()
        .Demo<DemoScans>(order: 110)
        .Settings<PatientsSettings>("Registration")
        .Snapshot<PatientChanged, PatientSnapshot>("Patients who were registered or changed since")
        .Snapshot<CaseChanged, CaseSnapshot>("Cases that are open or were closed since")
        .Snapshot<CoverageChanged, CoverageSnapshot>("Coverage that runs on that day or later");
}
