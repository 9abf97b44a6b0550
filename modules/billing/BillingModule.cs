using Modular.Billing.Answers;
using Modular.Billing.Authorizations;
using Modular.Billing.Charges;
using Modular.Billing.Claims;
using Modular.Billing.Edi;
using Modular.Billing.Payers;
using Modular.Billing.Reactions;
using Modular.Billing.Scrub;
using Modular.Sdk;

namespace Modular.Billing;

/// <summary>The index of the module: all that it adds to a practice.</summary>
public sealed class BillingModule : IModule
{
    public void Configure(ModuleBuilder module)
    {
        module.Database<BillingDb>()
            .Projection(Known.Patients).Projection(Known.ClaimPatients).Projection(Known.Coverages).Projection(Known.Cases).Projection(Known.Payers)
            .Projection(Known.Providers).Projection(Known.ClaimStaff).Projection(Known.Places).Projection(Known.Entities).Projection(Known.CostCentres)
            .Permission(BillingPermissions.Read, "See encounters, charges and claims", Roles.Provider, Roles.Biller, Roles.Manager)
            .Permission(BillingPermissions.Charge, "Enter and change charges", Roles.Provider, Roles.Biller, Roles.Manager)
            .Permission(BillingPermissions.Lock, "Close charges, and open them again", Roles.Biller, Roles.Manager)
            .Permission(BillingPermissions.Claims, "Check, hold, send and correct claims", Roles.Biller, Roles.Manager)
            .Permission(BillingPermissions.Export, "Export lists of charges and claims", Roles.Biller, Roles.Manager)
            .Permission(BillingPermissions.Setup, "Change payers' rules, identifiers, prices, codes and routes", Roles.Manager)
            .SetUp()
            .Charges()
            .Scrub()
            .Claims()
            .Answers()
            .BeforeTheVisit()
            .Edi();
    }
}
