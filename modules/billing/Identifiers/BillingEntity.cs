using Modular.Sdk;

namespace Modular.Billing.Identifiers;

/// <summary>What claims, deposits and statements need of a legal entity beside the name, tax id and NPI that core keeps.</summary>
public sealed class BillingEntity : IVersioned
{
    /// <summary>The entity's.</summary>
    public Guid Id { get; init; }
    public int Version { get; set; }

    /// <summary>Provider taxonomy: ten characters (837P 2000A PRV).</summary>
    public string? Taxonomy { get; set; }

    /// <summary>Where payments are mailed, when not to the entity's places (2010AB).</summary>
    public string? PayToAddress { get; set; }
    public string? PayToCity { get; set; }
    public string? PayToState { get; set; }
    public string? PayToZip { get; set; }
    public string? Bank { get; set; }

    /// <summary>ABA, nine digits.</summary>
    public string? RoutingNumber { get; set; }

    /// <summary>The last four digits name an account; nobody here needs the rest.</summary>
    public string? AccountLast { get; set; }
    public string? StatementAddress { get; set; }
    public string? StatementCity { get; set; }
    public string? StatementState { get; set; }
    public string? StatementZip { get; set; }
    public string? StatementPhone { get; set; }

    public static IReadOnlyList<HistoryField> History { get; } =
    [
        new("taxonomy", "Taxonomy"), new("pay_to_address", "Pay to"), new("pay_to_city", "City"), new("pay_to_state", "State"),
            new("pay_to_zip", "ZIP code"), new("bank", "Bank"),
        new("routing_number", "Routing number"), new("account_last", "Account, last four"), new("statement_address", "Statements from"),
            new("statement_phone", "Phone on statements"),
    ];
}
