namespace Modular.Billing.Encounters;

/// <summary>A service of an encounter as it is entered: what, how often, for which diagnoses, at what price.</summary>
public sealed class ChargeLine
{
    /// <summary>837P, loop 2400.</summary>
    public const int Most = 50;

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid EncounterId { get; init; }
    public int Position { get; set; }
    public DateOnly ServiceOn { get; set; }

    /// <summary>HCPCS or the practice's licensed CPT.</summary>
    public required string Code { get; set; }
    public required string Name { get; set; }
    public string[] Modifiers { get; set; } = [];

    /// <summary>Positions of diagnoses, the most important first.</summary>
    public int[] Pointers { get; set; } = [];
    public decimal Units { get; set; } = 1;

    /// <summary>US dollars per unit; null while no fee schedule has it and nobody typed it.</summary>
    public decimal? Price { get; set; }

    /// <summary>Typed by a person instead of the schedule's.</summary>
    public bool OwnPrice { get; set; }
    public decimal Amount { get; set; }

    /// <summary>National drug code, eleven digits.</summary>
    public string? Ndc { get; set; }
    public decimal? NdcQuantity { get; set; }

    /// <summary>F2, GR, ME, ML or UN (837P CTP05).</summary>
    public string? NdcUnit { get; set; }
    public string? Note { get; set; }

    /// <summary>Dollars, rounded once, half away from zero as PostgreSQL's round does.</summary>
    public static decimal AmountOf(decimal? price, decimal units) => Math.Round((price ?? 0) * units, 2, MidpointRounding.AwayFromZero);

    public string PointerLetters => string.Concat(Pointers.Select(p => (char)('A' + p - 1)));
}
