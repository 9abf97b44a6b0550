namespace Modular.Billing.Payers;

/// <summary>The claim filing indicator (837P SBR09), in the office's words.</summary>
public static class FilingCodes
{
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        ["CI"] = "Commercial insurance", ["12"] = "PPO", ["HM"] = "HMO", ["13"] = "Point of service (POS)", ["14"] = "EPO", ["15"] = "Indemnity",
        ["BL"] = "Blue Cross or Blue Shield", ["MB"] = "Medicare Part B", ["MA"] = "Medicare Part A", ["16"] = "Medicare Advantage HMO",
        ["MC"] = "Medicaid",
        ["CH"] = "TRICARE (CHAMPUS)", ["VA"] = "Veterans Affairs", ["FI"] = "Federal employees", ["OF"] = "Other federal program", ["TV"] = "Title V",
        ["11"] = "Other non-federal program", ["WC"] = "Workers' compensation", ["AM"] = "Auto, medical", ["LM"] = "Liability, medical",
        ["DS"] = "Disability",
        ["17"] = "Dental plan (DMO)", ["ZZ"] = "Another kind, agreed with the payer",
    };
}
