using Microsoft.Extensions.DependencyInjection;
using Modular.Billing.Codes;
using Modular.Billing.Demo;
using Modular.Billing.Enrollments;
using Modular.Billing.Fees;
using Modular.Sdk;

namespace Modular.Billing.Payers;

/// <summary>What the set-up of billing adds to the module: payers' rules, enrollment, identifiers, prices and codes.</summary>
internal static class BillingSetUp
{
    /// <summary>Calls to the payer or the clearing house about an enrollment hang on it, and the form that was sent.</summary>
    public static readonly RecordKind<Enrollment> EnrollmentRecord =
        new("billing.enrollment", "enrollment", BillingPermissions.Read, BillingPermissions.Setup)
        {
            Name = e => $"Enrollment for {Enrollment.Transactions[e.Transaction]}", Link = e => $"/billing/enrollments/edit/{e.Id}",
            Attachments = new(),
        };

    public static readonly RecordKind<PayerContract> ContractRecord =
        new("billing.contract", "payer contract", BillingPermissions.Read, BillingPermissions.Setup)
        {
            Name = c => $"Payer contract for {c.Products}", Link = c => $"/billing/payers/contract/{c.Id}", Attachments = new(),
        };

    public static ModuleBuilder SetUp(this ModuleBuilder module)
    {
        module.Navigation("Billing setup", "/billing/payers", "settings", BillingPermissions.Read, 75)
            .Search<FeeSchedule>("Fee schedule", s => new(s.Name, $"{FeeSchedule.Kinds[s.Kind]}, from {s.ValidFrom:MM/dd/yyyy}",
                $"/billing/fees/{s.Id}", BillingPermissions.Read))
            .Record(EnrollmentRecord)
            .Kept(EnrollmentRecord.Id, "EDI enrollments", "As long as the payer is billed")
            .Record(ContractRecord)
            .Kept(ContractRecord.Id, "Payer contracts", "Ten years after the contract ended")
            .Permission(BillingPermissions.Plans, "See at booking whether a plan is taken", Roles.FrontDesk, Roles.Nurse, Roles.Biller, Roles.Manager)
            .Slot<PlanTaken>("scheduling.book", BillingPermissions.Plans, 20)
            .Tasks<PayerContract>("notice", PayerContract.Task)
            .Job<FindContractNotices>("billing.contract-notices", "Find payer contracts to give notice of", "0 20 1 * * ?")
            .Import<FeeImport>()
            .Import<EnrollmentImport>()
            .Demo<DemoSetUp>(order: 400);
        module.Services.AddScoped<CodeLoader>();
        module.Services.AddScoped<CodeLookup>();
        module.Services.AddScoped<Prices>();
        module.Services.AddScoped<PayerRules>();
        module.Services.AddScoped<EnrollmentRules>();
        return module;
    }
}
