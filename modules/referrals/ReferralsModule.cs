using Microsoft.Extensions.DependencyInjection;
using Modular.Referrals.Demo;
using Modular.Referrals.Letters;
using Modular.Referrals.Messages;
using Modular.Referrals.Nightly;
using Modular.Referrals.Panels;
using Modular.Referrals.Reactions;
using Modular.Referrals.Referrals;
using Modular.Referrals.Replies;
using Modular.Referrals.Specialists;
using Modular.Sdk;

namespace Modular.Referrals;

/// <summary>The index of the module: all that it adds to a practice.</summary>
public sealed class ReferralsModule : IModule
{
    /// <summary>With the id of a location, or of one referral.</summary>
    public const string Topic = "referrals.list";

    /// <summary>Files, such as the specialist's answer, and notes of calls hang on it.</summary>
    public static readonly RecordKind<Referral> Record = new("referrals.referral", "referral", ReferralsPermissions.Read, ReferralsPermissions.Send)
    {
        Name = r => $"Referral of {r.PatientName} to {r.SpecialistName}",
        Link = r => $"/referrals/referrals/{r.Id}",
        Attachments = new(),
    };

    /// <summary>Calls to the practice's specialists that are about no single referral.</summary>
    public static readonly RecordKind<Specialist> SpecialistRecord =
        new("referrals.specialist", "specialist", ReferralsPermissions.Read, ReferralsPermissions.Setup)
        {
            Name = s => s.Name, Link = s => $"/referrals/specialists/edit/{s.Id}",
        };

    public void Configure(ModuleBuilder module)
    {
        module.Database<ReferralsDb>()
            .Projection(Known.Patients).Projection(Known.Providers).Projection(Known.Cases).Projection(Known.Coverages)
            .Permission(ReferralsPermissions.Read, "See referrals", Roles.Clinic)
            .Permission(ReferralsPermissions.Write, "Write, change and cancel referrals", Roles.FrontDesk, Roles.Nurse, Roles.Provider, Roles.Manager)
            .Permission(ReferralsPermissions.Send, "Check coverage, send, make appointments, file replies", Roles.FrontDesk, Roles.Nurse, Roles.Manager)
            .Permission(ReferralsPermissions.Close, "Close referrals once the reply is read", Roles.Nurse, Roles.Provider, Roles.Manager)
            .Permission(ReferralsPermissions.Export, "Export the list of referrals", Roles.Manager)
            .Permission(ReferralsPermissions.Setup, "Change the list of specialists", Roles.Manager)
            .Navigation("Referrals", "/referrals/referrals", "external", ReferralsPermissions.Read, 60, count: """
                select count(*) from referrals.referrals
                where overdue and ($1 or location_id = any($2)) and ($3::uuid is null or location_id = $3)
                """)
            .Slot<PatientReferrals>("patients.chart", ReferralsPermissions.Read, 40)
            .ListSlot<ReferralMarks>("patient.marks", ReferralsPermissions.Read)
            .Widget<OverdueReferrals>("Referrals", ReferralsPermissions.Read, 40, Roles.FrontDesk, Roles.Nurse, Roles.Provider)
            .Search<Referral>("Referral", ReferralWork.Found)
            .Queue(ReferralQueue.Work)
            .Tasks<Referral>("reply", ReferralWork.ToRead)
            .Record(Record)
            .Record(SpecialistRecord)
            .Kept(Record.Id, "Referrals", "With the record of the patient")
            .Kept(SpecialistRecord.Id, "Specialists", "As long as referrals name them")
            .Contacts<Referral>("told", ReferralWork.Told)
            .Settings<ReferralsSettings>("Referrals")
            .Job<FindOverdue>("referrals.overdue", "Find referrals that are overdue", "0 15 0 * * ?")
            .Snapshot<ReferralChanged, ReferralSnapshot>("Referrals that are open or ended since")
            .Topic(Topic, ReferralsPermissions.Read)
            .Letter<ReferralLetters>(Letter.Kind, ReferralsPermissions.Read)
            .Link(SpecialistReply.Kind)
            .Indicators<OverdueCount>(OverdueCount.Overdue)
            .Demo<DemoReferrals>(order: 300);
        module.Services.AddScoped<ReferralDesk>();
        module.Services.AddScoped<ReferralChoices>();
        module.Services.AddScoped<PatientLookup>();
    }
}
