namespace Modular.Billing.Demo;

/// <summary>
/// A few public codes (HCPCS level II, ICD-10-CM) in our own words, with invented prices: enough to charge in the demo practice before real sets
/// are loaded. No names of CPT: they are licensed.
/// </summary>
internal static class DemoCodes
{
    public static readonly (string Code, string Name, decimal Price)[] Services =
    [
        ("G0463", "Office or clinic visit", 128m), ("G2211", "Visit complexity, ongoing care", 24m), ("G0438", "Annual wellness visit, first", 210m),
        ("G0439", "Annual wellness visit, later", 165m), ("G2012", "Brief check-in by phone or video", 32m),
        ("G0008", "Giving influenza vaccine", 38m), ("G0009", "Giving pneumococcal vaccine", 38m), ("J1885", "Ketorolac injection, 15 mg", 6.5m),
        ("J3420", "Vitamin B-12 injection, up to 1,000 mcg", 9m), ("G0444", "Depression screening, 15 minutes", 29m),
        ("G0447", "Obesity counseling, 15 minutes", 34m), ("S0610", "Yearly gynecological exam, new patient", 190m),
    ];

    /// <summary>Visits by their CPT codes, which the practice's own licensed file names.</summary>
    public static readonly (string Code, decimal Price)[] Visits =
        [("99202", 128), ("99203", 196), ("99204", 292), ("99205", 386), ("99212", 98), ("99213", 158), ("99214", 224), ("99215", 315)];

    public static readonly (string Code, string Name)[] Diagnoses =
    [
        ("I10", "Essential hypertension"), ("E119", "Type 2 diabetes without complications"), ("E785", "Hyperlipidemia"),
        ("J069", "Acute upper respiratory infection"), ("M5450", "Low back pain, unspecified"), ("Z0000", "General adult exam without abnormal findings"),
        ("Z23", "Immunization"), ("F411", "Generalized anxiety disorder"), ("J45909", "Asthma, uncomplicated"), ("E039", "Hypothyroidism"),
        ("R0789", "Other chest pain"), ("S63501A", "Sprain of right wrist, first encounter"),
    ];

    /// <summary>Of diagnoses, which no claim carries.</summary>
    public static readonly (string Code, string Name)[] Headings = [("M545", "Low back pain")];

    public static readonly (string Code, string Name)[] Modifiers =
    [
        ("25", "Significant, separate visit the same day"), ("59", "Distinct service"), ("95", "Telehealth by audio and video"),
        ("GA", "Waiver of liability on file"), ("JZ", "No drug discarded"),
    ];
}
