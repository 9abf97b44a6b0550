namespace Modular.Billing.Encounters;

/// <summary>One of up to twelve diagnoses of an encounter, in the order that a claim has them.</summary>
public sealed class Diagnosis
{
    public const int Most = 12;

    public Guid EncounterId { get; init; }

    /// <summary>1 to 12; people say A to L.</summary>
    public int Position { get; init; }

    /// <summary>ICD-10-CM without its dot.</summary>
    public required string Code { get; set; }
    public required string Name { get; set; }

    public char Letter => (char)('A' + Position - 1);

    /// <summary>As people read it: J45.909.</summary>
    public static string Dotted(string code) => code.Length > 3 ? $"{code[..3]}.{code[3..]}" : code;
}
