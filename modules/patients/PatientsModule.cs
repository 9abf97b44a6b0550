using Microsoft.Extensions.DependencyInjection;
using Modular.Patients.Payers;
using Modular.Patients.Addresses;
using Modular.Patients.Agreements;
using Modular.Patients.Cases;
using Modular.Patients.Charts;
using Modular.Patients.Coverages;
using Modular.Patients.Demo;
using Modular.Patients.Duplicates;
using Modular.Patients.Search;
using Modular.Patients.Imports;
using Modular.Patients.Messages;
using Modular.Patients.Merges;
using Modular.Patients.Minors;
using Modular.Patients.OutsideProviders;
using Modular.Patients.RecordRequests;
using Modular.Patients.Registrations;
using Modular.Patients.Retention;
using Modular.Patients.Scans;
using Modular.Patients.PhoneMessages;
using Modular.Sdk;

namespace Modular.Patients;

/// <summary>The index of the module.</summary>
public sealed class PatientsModule : IModule
{
    public const string PhoneMessageTopic = "patients.phone-messages";
    public const string ScanTopic = "patients.scans";

    /// <summary>Whom everything is about; a patient's papers are documents, not attachments.</summary>
    public static readonly RecordKind<Patient> PatientRecord = new("patients.patient", "patient", PatientsPermissions.Read, PatientsPermissions.Edit)
    {
        Name = p => p.FullName, Link = p => $"/patients/charts/{p.Id}",
    };

    /// <summary>Contracts and fee schedules hang on it.</summary>
    public static readonly RecordKind<Payer> PayerRecord = new("patients.payer", "payer", PatientsPermissions.Read, PatientsPermissions.EditCoverage)
    {
        Name = p => p.Name, Link = p => $"/patients/payers/edit/{p.Id}", Attachments = new(),
    };

    public static readonly RecordKind<OutsideProvider> OutsideProviderRecord =
        new("patients.outside-provider", "doctor outside", PatientsPermissions.Read, PatientsPermissions.Edit)
        {
            Name = d => d.Name, Link = d => $"/patients/outside-providers/edit/{d.Id}",
        };

    public void Configure(ModuleBuilder module)
    {
        module.Services.AddScoped<Registrar>().AddScoped<Merger>().AddScoped<ChartEditor>().AddScoped<ScanIntake>().AddScoped<ScanDesk>()
            .AddScoped<AgreementSigning>();
        Declare(module);
    }

    private static void Declare(ModuleBuilder module) => module
        .Database<PatientsDb>()
        .Permission(PatientsPermissions.Read, "Find patients and open charts", Roles.Clinic)
        .Permission(PatientsPermissions.Edit, "Register and change patients", Roles.FrontDesk, Roles.Nurse, Roles.Manager)
        .Permission(PatientsPermissions.OpenRestricted, "Open a restricted chart after saying why", Roles.Nurse, Roles.Provider, Roles.Manager)
        .Permission(PatientsPermissions.Export, "Export the patient list", Roles.Manager)
        .Permission(PatientsPermissions.Import, "Import patients, payers and coverage", Roles.Manager)
        .Permission(PatientsPermissions.EditCoverage, "Add, change and end coverage", Roles.FrontDesk, Roles.Biller, Roles.Manager)
        .Permission(PatientsPermissions.EditDocument, "File documents in a chart", Roles.Clinic)
        .Permission(PatientsPermissions.FileScan, "See scans and faxes that wait, and file them", Roles.FrontDesk, Roles.Nurse, Roles.Biller, Roles.Manager)
        .Permission(PatientsPermissions.Merge, "Merge two records of one patient, and take it back", Roles.Manager)
        .Permission(PatientsPermissions.ExportRecord, "Export everything of one patient", Roles.Manager)
        .Permission(PatientsPermissions.WritePhoneMessage, "Take messages of callers", Roles.Clinic)
        .Permission(PatientsPermissions.AnswerPhoneMessage, "See and answer messages of callers", Roles.Clinic)
        .Permission(PatientsPermissions.Privacy, "Answer record requests and write down disclosures", Roles.FrontDesk, Roles.Manager)
        .Permission(PatientsPermissions.Setup, "Change agreement forms and payers", Roles.Manager)
        .Navigation("Patients", "/patients", "users", PatientsPermissions.Read, 20)
        .Navigation("Messages", "/patients/phone-messages", "message", PatientsPermissions.AnswerPhoneMessage, 22,
            "select count(*) from patients.phone_messages where closed_at is null and ($1 or location_id = any($2)) and ($3::uuid is null or location_id = $3)")
        .Navigation("Scans and faxes", "/patients/scans", "inbox", PatientsPermissions.FileScan, 24,
            "select count(*) from patients.scans where state = 'waiting' and ($1 or location_id = any($2)) and ($3::uuid is null or location_id = $3)", PatientsSettings.Documents)
        .Navigation("Duplicates", "/patients/duplicates", "copy", PatientsPermissions.Merge, 25,
            "select count(*) from patients.duplicates where state = 'open'")
        .Navigation("Patient setup", "/patients/agreement-forms", "file", PatientsPermissions.Setup, 810)
        .Search<Patient>("Patient", PatientSearch.Entry)
        .Tasks<Patient>("registration", PatientSearch.ToFinish)
        .Tasks<AgeReview>("age", AgeReview.Task)
        .Job<FindBirthdays>("patients.birthdays", "Find patients who came of age", "0 10 5 * * ?")
        .Job<TellReach>("patients.reach", "Tell of confidential ways that begin or end today", "0 15 0 * * ?")
        .Job<FindDuplicates>("patients.duplicates", "Find records that look like one patient", "0 40 2 * * ?")
        .FolderJob<WatchScanFolders>(ScanFolder.Root, "patients.scan-folders", "Take what scanners and fax servers brought", "0/30 * * * * ?", MissedRun.Skip)
        .Job<DropOldScans>("patients.old-scans", "Take filed and discarded scans off the shelf after thirty days", "0 50 3 * * ?")
        .Approval(MergeApproval.Kind)
        .Queue(PhoneMessageWork.Queue)
        .Queue(Duplicate.Queue)
        .Queue(ScanQueue.Work)
        .Tasks<RecordRequest>("request", RecordRequest.Task)
        .Record(PatientRecord)
        .Kept(PatientRetention.Class)
        .Kept(PayerRecord.Id, "Payers", "As long as coverage or money names them")
        .Kept(OutsideProviderRecord.Id, "Doctors outside", "As long as patients or referrals name them")
        .Kept(PhoneMessage.Record.Id, "Messages of callers", PatientRetention.WithThePatient)
        .Record(PayerRecord)
        .Record(OutsideProviderRecord)
        .Record(PhoneMessage.Record)
        .Contacts<PhoneMessage>("message", PhoneMessage.Contact)
        .Letter<RecordsLetters>(RecordsLetter.Kind, PatientsPermissions.Privacy)
        .Link(AgreementSigning.Link)
        .Form<RegistrationUpdate>(RegistrationUpdate.Kind)
        .Topic(PhoneMessageTopic, PatientsPermissions.AnswerPhoneMessage)
        .Topic(ScanTopic, PatientsPermissions.FileScan)
        .RestrictedCharts(
            "select p.id, o.person_id, o.reason, o.until from patients.patients p left join patients.chart_openings o on o.patient_id = p.id and o.until > $1 where p.restricted",
            PatientsPermissions.OpenRestricted, "/patients/charts/{id}/unlock", typeof(Patient), typeof(ChartOpening))
        .PatientSlot("patients.chart")
        .Slot<PatientBanner>(PatientBannerTagHelper.Slot, PatientsPermissions.Read)
        .ListSlot<PatientMarks>(PatientMarks.Slot, PatientsPermissions.Read)
        .Widget<RegisteredToday>("New patients", PatientsPermissions.Read, 30, Roles.FrontDesk, Roles.Manager)
        .Indicators<RegistrationCount>(RegistrationCount.Registrations)
        .Recounts<RegistrationCount, Patient>(p => [IndicatorDay.At(null, p.RegisteredAt)])
        .Import<PatientImport>()
        .Import<PayerImport>()
        .Import<CoverageImport>()
        .Demo<DemoPatients>()
        .Demo<DemoScans>(order: 110)
        .Demo<DemoForms>(order: 120)
        .Settings<PatientsSettings>("Registration")
        .Tells<Payer>(p => p.Changed())
        .Snapshot<Payer, PayerChanged>(p => p.Changed(), "All payers")
        .Snapshot<PatientChanged, PatientSnapshot>("Patients who were registered or changed since")
        .Snapshot<Case, CaseChanged>(c => c.Changed(), "Cases that are open or were closed since", day => c => c.ClosedOn == null || c.ClosedOn >= day)
        .Snapshot<CoverageChanged, CoverageSnapshot>("Coverage that runs on that day or later");
}
