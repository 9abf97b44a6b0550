using Modular.Sdk;

namespace Modular.Billing.Codes;

/// <summary>A code of a published set while it is valid. A code that is given a new meaning gets another row.</summary>
public sealed class BillingCode
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>One of icd10cm, hcpcs, cpt, modifier, place.</summary>
    public required string System { get; init; }

    /// <summary>As a claim carries it: a diagnosis without its dot.</summary>
    public required string Code { get; init; }
    public required string ShortName { get; set; }
    public required string LongName { get; set; }

    /// <summary>False for a heading, which no claim carries.</summary>
    public bool Billable { get; set; } = true;
    public DateOnly ValidFrom { get; init; }

    /// <summary>The last day.</summary>
    public DateOnly? ValidTo { get; set; }

    /// <summary>Of a place of service: Medicare pays the facility rate there. Null for all else, and where it is not known.</summary>
    public bool? Facility { get; set; }

    /// <summary>What a search as typed matches.</summary>
    public required string Find { get; set; }
}
