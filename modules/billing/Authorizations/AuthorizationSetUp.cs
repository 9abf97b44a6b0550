using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Modular.Billing.Demo;
using Modular.Billing.Eligibility;
using Modular.Billing.Panels;
using Modular.Sdk;

namespace Modular.Billing.Authorizations;

/// <summary>What eligibility and authorizations add to the module.</summary>
internal static class AuthorizationSetUp
{
    /// <summary>Calls to the payer and its letters hang on an authorization.</summary>
    public static readonly RecordKind<Authorization> Record =
        new("billing.authorization", "authorization", BillingPermissions.Authorizations, BillingPermissions.Authorize)
        {
            Name = a => $"{Authorization.Kinds[a.Kind]} {a.Number}", Link = a => a.Url, Attachments = new(),
        };

    public static ModuleBuilder BeforeTheVisit(this ModuleBuilder module)
    {
        module
            .Permission(BillingPermissions.Eligibility, "See whether coverage holds, and what the payer said", Roles.FrontDesk, Roles.Nurse, Roles.Biller,
                Roles.Manager)
            .Permission(BillingPermissions.AskEligibility, "Ask payers whether coverage holds, and take their answers", Roles.FrontDesk, Roles.Biller,
                Roles.Manager)
            .Permission(BillingPermissions.Authorizations, "See authorizations and referrals on file", Roles.FrontDesk, Roles.Nurse, Roles.Provider,
                Roles.Biller, Roles.Manager)
            .Permission(BillingPermissions.Authorize, "Request, enter and change authorizations and referrals", Roles.Biller, Roles.Manager)
            .Navigation("Eligibility", "/billing/eligibility", "shield", BillingPermissions.Eligibility, 71)
            .Navigation("Authorizations", "/billing/authorizations", "check", BillingPermissions.Authorizations, 72)
            .Queue(Authorization.Queue)
            .Record(Record)
            .Kept(Record.Id, "Authorizations and referrals", "With the record of the patient")
            .Settings<EligibilitySettings>("Eligibility")
            .Job<AskForTomorrow>("billing.eligibility", "Ask for the coverage of tomorrow's visits", "0 0 18 * * ?")
            .Search<Authorization>("Authorization", Found)
            .Demo<DemoAuthorizations>(order: 420)
            .Slot<CoverageHolds>("scheduling.book", BillingPermissions.Eligibility, 30)
            .Slot<CoverageHolds>("scheduling.check-in", BillingPermissions.Eligibility, 30)
            .Slot<CoverageLinks>("patients.chart", BillingPermissions.Eligibility, 55)
            .Slot<VisitsLeft>("scheduling.book", BillingPermissions.Authorizations, 40)
            .Slot<VisitsLeft>("scheduling.check-in", BillingPermissions.Authorizations, 40);
        module.Services.AddScoped<EligibilityDesk>();
        module.Services.AddScoped<KnownVisits>();
        module.Services.AddScoped<AuthorizationUses>();
        module.Services.AddScoped<AuthorizationNumbers>();
        return module;
    }

    public static void Map(ModelBuilder model)
    {
        model.Entity<KnownVisit>().ToTable("visits");
        model.Entity<EligibilityQuestion>();
        model.Entity<TakenFile>().ToTable("eligibility_files");
        var answer = model.Entity<EligibilityAnswer>();
        answer.HasOne<EligibilityQuestion>().WithMany().HasForeignKey(a => a.QuestionId);
        answer.HasOne<TakenFile>().WithMany().HasForeignKey(a => a.FileId);
        answer.Property(a => a.Benefits).HasColumnType("jsonb").HasConversion(
            b => System.Text.Json.JsonSerializer.Serialize(b, (System.Text.Json.JsonSerializerOptions?)null),
            j => System.Text.Json.JsonSerializer.Deserialize<List<Benefit>>(j, (System.Text.Json.JsonSerializerOptions?)null) ?? new());
        model.Entity<Authorization>().Property(a => a.Used).ValueGeneratedOnAddOrUpdate();
        model.Entity<AuthorizationUse>().HasOne<Authorization>().WithMany().HasForeignKey(u => u.AuthorizationId);
        model.Entity<AuthorizationUse>().Property(u => u.Id).ValueGeneratedNever();
        model.Entity<AuthorizationNeed>();
        model.Entity<AuthorizationClock>().HasKey(c => new { c.FilingCode, c.Expedited, c.ValidFrom });
    }

    private static SearchEntry? Found(Authorization a) => a.State == Authorization.Ended ? null : new(
        $"{a.PatientName}, {a.What}", $"{Authorization.Kinds[a.Kind]} {a.Number} · {a.Payer}", a.Url, BillingPermissions.Authorize,
        Keywords: "authorization referral precertification", PatientId: a.PatientId);
}
