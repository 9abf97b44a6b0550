using Microsoft.Extensions.DependencyInjection;
using Modular.Sdk;

namespace Modular.Tests.Docs;

// snippet: module
/// <summary>The index of the module.</summary>
public sealed class ReferralsModule : IModule
{
    public void Configure(ModuleBuilder module)
    {
        module.Services.AddScoped<ReferralCounts>();
        module.Database<ReferralsDb>()
            // snippet: projection-line
            .Projection(KnownPatient.Projection)
            // end
            // snippet: permissions
            .Permission("referrals.referral.read", "See referrals", Roles.Clinic)
            .Permission("referrals.referral.send", "Refer patients and file reports", Roles.FrontDesk, Roles.Nurse, Roles.Provider)
            .Permission("referrals.referral.export", "Export the list of referrals", Roles.Manager)
            .Permission("referrals.specialist.import", "Import the address book of specialists", Roles.Manager)
            // end
            // snippet: navigation
            .Navigation("Referrals", "/referrals", "external", "referrals.referral.read", 60, count: """
                select count(*) from referrals.referrals
                where overdue and ($1 or location_id = any($2)) and ($3::uuid is null or location_id = $3)
                """)
            // end
            // snippet: slots
            .Slot<PatientReferrals>("patients.chart", "referrals.referral.read", 40)
            .ListSlot<ReferralMarks>("patient.marks", "referrals.referral.read")
            // end
            // snippet: widget-line
            .Widget<OpenReferrals>("Referrals", "referrals.referral.read", 40, Roles.FrontDesk, Roles.Provider)
            // end
            // snippet: record-line
            .Record(ReferralRecord.Kind)
            // end
            // snippet: contacts-line
            .Contacts<Referral>("asked", ReferralContacts.Asked)
            // end
            // snippet: search-line
            .Search<Referral>("Referral", ReferralEntries.Found)
            // end
            // snippet: tasks-line
            .Tasks<Referral>("report", ReferralEntries.ToAskFor)
            // end
            // snippet: settings-line
            .Settings<ReferralsSettings>("Referrals")
            // end
            // snippet: secret-line
            .Secret("referrals.portal-key", "Key of the specialists' portal", "From the portal's page “Access”.")
            // end
            // snippet: job-line
            .Job<FindOverdueReports>("referrals.overdue", "Find referrals whose report is overdue", "0 15 6 * * ?")
            // end
            // snippet: verb-line
            .Verb("referrals check", "FILE", "Say which lines of a file are no NPI.", ReferralVerbs.CheckAsync)
            // end
            // snippet: import-line
            .Import<SpecialistImport>()
            // end
            // snippet: snapshot-line
            .Snapshot<Referral, ReferralChanged>(r => r.State(), "Referrals sent on that day or later", day => r => r.SentOn >= day)
            // end
            // snippet: topic
            .Topic("referrals.list", "referrals.referral.read")
            // end
            // snippet: letter-line
            .Letter<ReferralSlips>(ReferralSlip.Kind, "referrals.referral.read")
            // end
            // snippet: link-line
            .Link(ConfirmVisit.Kind)
            // end
            // snippet: demo-line
            .Demo<DemoReferrals>(order: 300);
        // end
    }
}
// end
