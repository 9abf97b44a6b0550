namespace Modular.Billing.Codes;

/// <summary>Two codes of one patient, provider and day of which the second is not paid (NCCI procedure-to-procedure edit).</summary>
public sealed class NcciPair
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The code that is paid.</summary>
    public required string Column1 { get; init; }

    /// <summary>The code that is not.</summary>
    public required string Column2 { get; init; }

    /// <summary>The effective date of the file; a pair that was deleted and came back has two.</summary>
    public DateOnly ListedFrom { get; init; }

    /// <summary>0: never both; 1: both with a modifier that says why; 9: the edit was deleted on the day it began.</summary>
    public required string Modifier { get; init; }
    public required string Rationale { get; init; }
    public DateOnly ValidFrom { get; init; }

    /// <summary>The last day.</summary>
    public DateOnly? ValidTo { get; init; }
}
