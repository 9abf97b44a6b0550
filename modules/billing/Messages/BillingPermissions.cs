namespace Modular.Billing;

/// <summary>What somebody may do here: named once, for routes, navigation, messages and checks. Each alone is sufficient for what it says.</summary>
public static class BillingPermissions
{
    /// <summary>Encounters, charges and claims of the places one works at.</summary>
    public const string Read = "billing.claim.read";

    /// <summary>Diagnoses, codes, units and modifiers of an encounter.</summary>
    public const string Charge = "billing.charge.write";

    /// <summary>Says that the charges of an encounter are done, and takes that back.</summary>
    public const string Lock = "billing.charge.lock";

    /// <summary>Lets a finding of the scrubber pass, so that it stops no claim.</summary>
    public const string Override = "billing.finding.override";

    /// <summary>Checks, holds, sends, corrects and voids claims.</summary>
    public const string Claims = "billing.claim.work";

    /// <summary>Lists with their patients as a file.</summary>
    public const string Export = "billing.claim.export";

    /// <summary>Whether the practice has a contract with a patient's payer; nothing of claims.</summary>
    public const string Plans = "billing.plan.read";

    /// <summary>Payers' rules, identifiers, prices, codes and routes.</summary>
    public const string Setup = "billing.setup.manage";

    /// <summary>Whether coverage holds, and what payers said of it.</summary>
    public const string Eligibility = "billing.eligibility.read";

    /// <summary>Asks payers, and takes their answers.</summary>
    public const string AskEligibility = "billing.eligibility.ask";

    /// <summary>Authorizations and referrals on file.</summary>
    public const string Authorizations = "billing.authorization.read";

    /// <summary>Requests, enters and changes them.</summary>
    public const string Authorize = "billing.authorization.write";
}
