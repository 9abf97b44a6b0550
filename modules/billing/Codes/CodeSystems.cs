namespace Modular.Billing.Codes;

/// <summary>The published sets that codes are of.</summary>
public static class CodeSystems
{
    public const string Diagnosis = "icd10cm", Hcpcs = "hcpcs", Cpt = "cpt", Modifier = "modifier", Place = "place";

    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        [Diagnosis] = "Diagnoses (ICD-10-CM)", [Cpt] = "Procedures (CPT)", [Hcpcs] = "Procedures and supplies (HCPCS)", [Modifier] = "Modifiers",
        [Place] = "Places of service",
    };

    /// <summary>A service is of CPT where its code begins with a digit, of HCPCS Level II where it begins with a letter.</summary>
    public static string OfService(string code) => code.Length > 0 && char.IsAsciiLetter(code[0]) ? Hcpcs : Cpt;

    /// <summary>As a claim carries it: no dot, no spaces, capitals.</summary>
    public static string Plain(string code) => string.Concat(code.Where(c => c != '.' && !char.IsWhiteSpace(c))).ToUpperInvariant();

    /// <summary>As people read it: a diagnosis with its dot.</summary>
    public static string Show(string system, string code) => system == Diagnosis && code.Length > 3 ? $"{code[..3]}.{code[3..]}" : code;
}
