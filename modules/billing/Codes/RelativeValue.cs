namespace Modular.Billing.Codes;

/// <summary>A service in Medicare's physician fee schedule (42 CFR 414.20): its relative value units and how it is paid.</summary>
public sealed class RelativeValue
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required string Code { get; init; }

    /// <summary>Empty, 26 (professional), TC (technical) or 53.</summary>
    public required string Modifier { get; init; }

    /// <summary>A: paid by these units; B: bundled; C: priced by the carrier; I, N: not valid, not covered; …</summary>
    public required string Status { get; init; }
    public decimal Work { get; init; }

    /// <summary>Practice expense where the practice pays for room and staff.</summary>
    public decimal Practice { get; init; }
    public decimal PracticeFacility { get; init; }
    public decimal Malpractice { get; init; }
    public required string Pctc { get; init; }

    /// <summary>000, 010, 090, MMM, XXX, YYY or ZZZ.</summary>
    public required string GlobalDays { get; init; }
    public decimal Preoperative { get; init; }
    public decimal Intraoperative { get; init; }
    public decimal Postoperative { get; init; }
    public required string Multiple { get; init; }
    public required string Bilateral { get; init; }
    public required string Assistant { get; init; }
    public required string Cosurgeon { get; init; }
    public required string Team { get; init; }

    /// <summary>US dollars per unit.</summary>
    public decimal Factor { get; init; }
    public DateOnly ValidFrom { get; init; }

    /// <summary>The last day.</summary>
    public DateOnly? ValidTo { get; init; }

    /// <summary>
    /// What Medicare allows where the indices of the locality are these (42 CFR 414.20–414.26): each kind of unit by its index, by the factor,
    /// rounded once.
    /// </summary>
    public decimal Amount(bool facility, decimal workIndex = 1, decimal practiceIndex = 1, decimal malpracticeIndex = 1) => Math.Round(
        ((Work * workIndex) + ((facility ? PracticeFacility : Practice) * practiceIndex) + (Malpractice * malpracticeIndex)) * Factor, 2,
            MidpointRounding.AwayFromZero);
}
