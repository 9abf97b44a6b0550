using Microsoft.EntityFrameworkCore;
using Modular.Billing.Answers;
using Modular.Billing.Authorizations;
using Modular.Billing.Batches;
using Modular.Billing.Charges;
using Modular.Billing.Claims;
using Modular.Billing.Codes;
using Modular.Billing.Eligibility;
using Modular.Billing.Encounters;
using Modular.Billing.Enrollments;
using Modular.Billing.Fees;
using Modular.Billing.Identifiers;
using Modular.Billing.Inbox;
using Modular.Billing.Payers;
using Modular.Billing.Reactions;
using Modular.Billing.Scrub;
using Modular.Patients.Messages;
using Modular.Sdk;
using Modular.Sdk.Core;

namespace Modular.Billing;

/// <summary>The module's window on its own schema. Its tables are made by Migrations/*.sql.</summary>
public sealed class BillingDb(ModuleDbContext<BillingDb> context) : ModuleDb(context)
{
    public DbSet<BillingCode> Codes => Set<BillingCode>();
    public DbSet<FeeSchedule> FeeSchedules => Set<FeeSchedule>();
    public DbSet<Fee> Fees => Set<Fee>();
    public DbSet<CodeLoad> CodeLoads => Set<CodeLoad>();
    public DbSet<NcciPair> NcciPairs => Set<NcciPair>();
    public DbSet<UnitLimit> UnitLimits => Set<UnitLimit>();
    public DbSet<RelativeValue> RelativeValues => Set<RelativeValue>();
    public DbSet<Favorite> Favorites => Set<Favorite>();
    public DbSet<PayerRule> PayerRules => Set<PayerRule>();
    public DbSet<BillingEntity> BillingEntities => Set<BillingEntity>();
    public DbSet<BillingProvider> BillingProviders => Set<BillingProvider>();
    public DbSet<ProviderNumber> ProviderNumbers => Set<ProviderNumber>();
    public DbSet<ServiceFacility> ServiceFacilities => Set<ServiceFacility>();
    public DbSet<Enrollment> Enrollments => Set<Enrollment>();
    public DbSet<PayerContract> PayerContracts => Set<PayerContract>();

    public DbSet<Encounter> Encounters => Set<Encounter>();
    public DbSet<Claim> Claims => Set<Claim>();
    public DbSet<ClaimBatchFile> ClaimBatches => Set<ClaimBatchFile>();
    public DbSet<BatchClaim> BatchClaims => Set<BatchClaim>();
    public DbSet<AnswerFile> AnswerFiles => Set<AnswerFile>();
    public DbSet<ClaimAnswer> ClaimAnswers => Set<ClaimAnswer>();
    public DbSet<OutsideCharge> OutsideCharges => Set<OutsideCharge>();
    public DbSet<HeardVisit> HeardVisits => Set<HeardVisit>();
    public DbSet<CodeUse> CodeUses => Set<CodeUse>();
    public DbSet<OwnRule> OwnRules => Set<OwnRule>();
    public DbSet<FindingOverride> Overrides => Set<FindingOverride>();

    public DbSet<EligibilityQuestion> EligibilityQuestions => Set<EligibilityQuestion>();
    public DbSet<EligibilityAnswer> EligibilityAnswers => Set<EligibilityAnswer>();
    public DbSet<TakenFile> EligibilityFiles => Set<TakenFile>();
    public DbSet<Authorization> Authorizations => Set<Authorization>();
    public DbSet<AuthorizationUse> AuthorizationUses => Set<AuthorizationUse>();
    public DbSet<AuthorizationNeed> AuthorizationNeeds => Set<AuthorizationNeed>();
    public DbSet<AuthorizationClock> AuthorizationClocks => Set<AuthorizationClock>();

    // What others own, kept by the projections in Known.
    public DbSet<KnownPatient> Patients => Set<KnownPatient>();
    public DbSet<KnownVisit> Visits => Set<KnownVisit>();
    public DbSet<ClaimPatient> ClaimPatients => Set<ClaimPatient>();
    public DbSet<KnownCoverage> Coverages => Set<KnownCoverage>();
    public DbSet<KnownCase> Cases => Set<KnownCase>();
    public DbSet<KnownPayer> Payers => Set<KnownPayer>();
    public DbSet<KnownStaffMember> Providers => Set<KnownStaffMember>();
    public DbSet<ClaimStaff> ClaimStaff => Set<ClaimStaff>();
    public DbSet<KnownPlace> Places => Set<KnownPlace>();
    public DbSet<KnownEntity> Entities => Set<KnownEntity>();
    public DbSet<KnownCostCentre> CostCentres => Set<KnownCostCentre>();

    protected override IReadOnlyDictionary<string, FieldError> Sentences => Refusals;

    private static readonly FieldError SavedMeanwhile = new("", "Somebody else saved these charges at the same moment. Save again to see both.");

    private static readonly Dictionary<string, FieldError> Refusals = new()
    {
        ["code_loads_file"] = new("Form.File", "This very file was loaded before. Loading it again would change nothing."),
        ["code_loads_running"] = new("Form.File", "Another file of this kind is being taken over. Wait until it is done."),
        ["favorites_key"] = new("", "It is a favorite already."),
        ["fees_key"] = new("Code", "The schedule has a price of this code and modifier already."),
        ["payer_rules_overlap"] = new("ValidFrom", "Another rule of the same payer holds on some of these days. End it first."),
        ["provider_numbers_key"] = new("Number", "The provider has a number of this kind for this payer already. Remove it first."),
        ["enrollments_key"] = new("Transaction", "This enrollment is on file already: change it in the list."),
        ["fee_schedules_name"] = new("Name", "Another schedule with this name begins on the same day."),
        ["encounters_visit"] = new("", "This visit has its encounter already."),
        ["encounters_form"] = new("", "This was saved already."),
        ["encounters_days"] = new("To", "The last day is not before the first, and within a year of it."),
        ["encounters_incident_to"] = new("Supervising", "Incident-to needs the supervising provider."),
        ["encounters_locked"] = new("", "The charges of this encounter are closed. Open it again first."),
        ["outside_charges_once"] = new("", "The same sender sent this very charge before, to another location."),
        ["claims_on_way"] = new("", "Another claim for these charges was made at the same moment. Look again."),
        ["batch_claims_once"] = new("", "Somebody else sent some of these claims at the same moment. Nothing was sent twice: look again."),
        ["diagnoses_pkey"] = SavedMeanwhile,
        ["charge_lines_order"] = SavedMeanwhile,
        ["own_rules_name"] = new("Name", "Another rule has this name."),
        ["finding_overrides_once"] = new("", "Somebody let this finding pass a moment ago."),
        ["authorizations_used"] = new("Visits", "More visits than that have used it already."),
        ["authorizations_number"] = new("Number", "This number of the payer is on file already."),
        ["authorization_needs_once"] = new("VisitType", "It is set for this payer already."),
        ["diagnoses_once"] = new("Diagnoses[0]", "A diagnosis stands here twice."),
    };

    protected override void Map(ModelBuilder model)
    {
        model.Entity<BillingCode>().ToTable("codes");
        model.Entity<FeeSchedule>();
        model.Entity<Fee>().HasOne<FeeSchedule>().WithMany().HasForeignKey(f => f.ScheduleId);
        model.Entity<CodeLoad>();
        model.Entity<NcciPair>();
        model.Entity<UnitLimit>();
        model.Entity<RelativeValue>();
        model.Entity<Favorite>();
        model.Entity<PayerRule>();
        model.Entity<BillingEntity>();
        model.Entity<BillingProvider>();
        model.Entity<ProviderNumber>();
        model.Entity<ServiceFacility>();
        model.Entity<Enrollment>();
        model.Entity<PayerContract>();
        ChargeSetUp.Map(model);
        ScrubSetUp.Map(model);
        ClaimSetUp.Map(model);
        AnswerSetUp.Map(model);
        AuthorizationSetUp.Map(model);
        model.Entity<KnownPatient>().ToTable("patients");
        model.Entity<ClaimPatient>();
        model.Entity<KnownCoverage>().ToTable("coverages");
        model.Entity<KnownCase>().ToTable("cases");
        model.Entity<KnownPayer>().ToTable("payers");
        model.Entity<KnownStaffMember>().ToTable("providers");
        model.Entity<ClaimStaff>().ToTable("claim_staff");
        model.Entity<KnownPlace>().ToTable("places");
        model.Entity<KnownEntity>().ToTable("entities");
        model.Entity<KnownCostCentre>().ToTable("cost_centres");
    }
}
