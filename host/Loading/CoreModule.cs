using Modular.Host.Audit;
using Modular.Host.Disk;
using Modular.Host.Indicators;
using Modular.Host.Installed;
using Modular.Host.Practices;
using Modular.Host.Rights;
using Modular.Host.Settings;
using Modular.Sdk;
using Modular.Sdk.Core;

namespace Modular.Host.Loading;

/// <summary>What the host itself declares: administration, people, audit.</summary>
public static class CoreModule
{
    public static LoadedModule Create()
    {
        var manifest = new ModuleManifest(LoadedModule.CoreId, "Administration", "0.9.0", "0.9", "Modular.Host.dll");
        var module = new LoadedModule(manifest, HostFolder.Path);
        var builder = new ModuleBuilder(manifest);
        Declare(builder);
        module.Run(typeof(CoreModule).Assembly, builder);
        return module;
    }

    private static void Declare(ModuleBuilder core) => core
        .Database<PeopleDb>()
        .Database<Core.CoreDb>()
        .Database<Bus.BusDb>()
        .Database<Programs.ProgramsDb>()
        .Database<Approvals.ApprovalsDb>()
        .Tasks<Approvals.Approval>("approval", Approvals.Approval.Task)
        .Database<Forms.FormsDb>()
        .Queue(Forms.FormAnswer.Queue)
        .Permission(Forms.FormKinds.Manage, "Build forms, publish them and withdraw them", Roles.Manager)
        .Permission(Forms.FormKinds.SeeAnswers, "See what was answered to forms, of kinds that they may review", [.. Roles.Clinic, Roles.Hr, Roles.Supplies, Roles.Marketing])
        .Permission(Forms.FormKinds.Export, "Export answers to forms", Roles.Manager)
        .Navigation("Forms to review", "/forms/answers", "inbox", Forms.FormKinds.SeeAnswers, 72)
        .Navigation("Forms", "/forms", "edit", Forms.FormKinds.Manage, 938)
        .Kept(new("core.form-answer", "Answers to forms about no patient", "form_answers", 6, "45 CFR 164.316(b)(2)(i)", new(2026, 11, 30))
        {
            Begins = "Review", Starts = "r.reviewed_at::date", Label = "r.form_name", Where = "r.patient_id is null",
        })
        .Kept("core.patient-form-answer", "Answers to forms about a patient", "With the record of the patient")
        .Database<Acknowledgements.AcknowledgementsDb>()
        .Document(Acknowledgements.DocumentKinds.Policy)
        .Tasks<Acknowledgements.Acknowledgement>("acknowledgement", Acknowledgements.Acknowledgement.Task)
        .Job<Acknowledgements.AskReaders>("core.readers", "Ask who has to read documents, and remind of what is overdue", "0 5 6 * * ?")
        .Permission(Acknowledgements.DocumentKinds.Manage, "Publish documents that people have to read, and see who signed", Roles.Manager, Roles.Hr)
        .Navigation("Acknowledgements", "/acknowledgements", "check", Acknowledgements.DocumentKinds.Manage, 942)
        .Database<Retention.RetentionDb>()
        .Approval(Retention.DisposalProposals.Kind)
        .Kept(new("core.approval", "Approvals that were decided", "approvals", 6, "45 CFR 164.316(b)(2)(i)", new(2026, 11, 30))
        {
            Begins = "Decision", Starts = "r.decided_at", Label = "r.subject", Patient = "r.patient_id", Person = "r.asked_by_id",
        })
        .Kept("core.signature", "Signatures", "With the patient; those of staff with the document they signed")
        .Kept(Acknowledgements.DocumentKinds.Kept)
        .Kept("core.audit", "Access and change log", "As set for the practice, by months")
        .Permission(Retention.RetentionClasses.Manage, "Hold records, and propose those whose time is over for disposal", Roles.Manager)
        .Permission(Retention.RetentionClasses.Approve, "Decide on the disposal of records")
        .Navigation("Kept by law", "/retention", "clock", Retention.RetentionClasses.Manage, 944)
        .Database<Attachments.AttachmentsDb>()
        .Database<ContactLog.ContactLogDb>()
        .Tasks<ContactLog.ContactNote>("follow-up", ContactLog.ContactNote.FollowUp)
        .Database<Indicators.IndicatorsDb>()
        .Snapshot<LocationChanged, Core.SiteSnapshot>("All locations")
        .Snapshot<EntityChanged, Core.EntitySnapshot>("All legal entities")
        .Snapshot<CostCentreChanged, Core.CostCentreSnapshot>("All cost centers")
        .Snapshot<RoomChanged, Core.RoomSnapshot>("All rooms")
        .Snapshot<StaffMemberChanged, Core.StaffSnapshot>("All staff")
        .Snapshot<PersonChanged, Core.PersonSnapshot>("All people who sign in")
        .Snapshot<LocationHoursChanged, Core.HoursSnapshot>("All opening hours")
        .Snapshot<ClosureChanged, Core.ClosureSnapshot>("All closures")
        .Permission("core.modules.manage", "Enable and disable modules", Roles.Manager)
        .Permission("core.modules.install", "Install and remove modules")
        .Permission("core.people.manage", "Invite people and give roles", Roles.Manager, Roles.Hr)
        .Permission("core.sign-in.manage", "Set up sign-in with the practice's own provider")
        .Secret(SignIn.Provider.Providers.SecretId, "Client secret of the sign-in provider")
        .Permission("core.programs.manage", "Connect programs and say what they may do", Roles.Manager)
        .Permission("core.practice.manage", "Change the practice profile, locations, rooms and hours", Roles.Manager)
        .Permission("core.operations.manage", "See jobs and messages that failed, and retry them", Roles.Manager)
        .Permission("core.audit.read", "See who saw and changed what", Roles.Manager)
        .Permission(ContactLogPermissions.Read, "See the contact log, of records that they may see", [.. Roles.Clinic, Roles.Hr, Roles.Supplies, Roles.Marketing])
        .Permission(ContactLogPermissions.Write, "Note calls and letters, and follow them up", [.. Roles.Clinic, Roles.Hr, Roles.Supplies, Roles.Marketing])
        .Permission(ContactLogPermissions.Export, "Export the contact log", Roles.Manager)
        .Permission(IndicatorPermissions.Read, "See indicators and dashboards, of figures that they may see", [.. Roles.All.Except([Roles.Owner])])
        .Permission(IndicatorPermissions.Export, "Export figures of indicators", Roles.Manager)
        .Permission(IndicatorPermissions.Manage, "Compose dashboards, set targets, have the past counted", Roles.Manager)
        .Job<CountDueIndicators>("core.due-indicators", "Count the indicators of today, and what was corrected", "0 7 * * * ?", MissedRun.Skip)
        .Job<CountRecentIndicators>("core.recent-indicators", "Count the indicators of the last month again", "0 35 3 * * ?")
        .Permission("core.import.run", "Import files from another system", Roles.Manager)
        .Job<Programs.Tokens.PruneTokens>("core.old-tokens", "Delete tokens of programs that ran out", "0 20 3 * * ?")
        .Job<Attachments.DropRemoved>("core.removed-attachments", "Delete files that were removed from their records long ago", "0 25 3 * * ?")
        .Topic("core.progress", "")
        .Permission("core.settings.manage", "Change the settings of modules", Roles.Manager)
        .Permission("core.letters.manage", "Change the words of letters", Roles.Manager)
        .Letter(Letters.Letterhead.Head)
        .Letter(Letters.Letterhead.Foot)
        .Job<MailMerge.PruneMailMerges>("core.old-mail-merges", "Delete letters that were written together a week ago", "0 40 3 * * ?")
        .Settings<PracticeSettings>("Practice")
        .Navigation("Contact log", "/contact-log", "phone", ContactLogPermissions.Read, 70, """
            select count(*) from core.contact_notes n
            where n.next_on <= (now() at time zone coalesce((select p.zone from core.profile p), 'UTC'))::date and n.done_at is null
                and not exists (select from core.contact_subjects s where s.note_id = n.id and s.location_id is not null
                    and not ($1 or s.location_id = any($2)))
            """)
        .Navigation("Indicators", "/indicators", "chart", IndicatorPermissions.Read, 80)
        .Navigation("Modules", "/admin/modules", "plug", "core.modules.manage", 900)
        .Navigation("Jobs", "/admin/jobs", "refresh", "core.operations.manage", 950)
        .Navigation("Failed messages", "/admin/dead-letters", "alert", "core.operations.manage", 960)
        .Navigation("Held messages", "/admin/held", "pause", "core.operations.manage", 965)
        .Navigation("People", "/admin/people", "key", "core.people.manage", 910)
        .Navigation("Roles", "/admin/roles", "shield-check", "core.people.manage", 915)
        .Navigation("Sign-in", "/admin/sign-in", "lock", "core.sign-in.manage", 916)
        .Navigation("Programs", "/admin/programs", "link", "core.programs.manage", 917)
        .Navigation("Practice", "/admin/practice", "building", "core.practice.manage", 920)
        .Navigation("Legal entities", "/admin/entities", "file", "core.practice.manage", 922)
        .Navigation("Cost centers", "/admin/cost-centres", "dollar", "core.practice.manage", 924)
        .Navigation("Locations", "/admin/locations", "door", "core.practice.manage", 930)
        .Navigation("Calendar", "/admin/calendar", "calendar", "core.practice.manage", 935)
        .Navigation("Letters", "/admin/letters", "file", "core.letters.manage", 937)
        .Navigation("Staff", "/admin/staff", "user", "core.practice.manage", 940)
        .Navigation("Imports", "/admin/imports", "upload", "core.import.run", 945)
        .Navigation("Settings", "/admin/settings", "tool", "core.settings.manage", 960)
        .Navigation("Access log", "/admin/audit", "eye", "core.audit.read", 970)
        .Navigation("Components", "/admin/components", "columns", "core.practice.manage", 990)
        .PatientSlot(PatientBannerTagHelper.Slot)
        .Slot<PatientHistoryPanel>("patients.chart", "core.audit.read", 900);
}
