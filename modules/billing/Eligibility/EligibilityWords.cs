namespace Modular.Billing.Eligibility;

/// <summary>What codes of a 271 mean, in the practice's words; a code that is not here is shown as it came.</summary>
public static class EligibilityWords
{
    private static readonly Dictionary<string, string> Infos = new()
    {
        ["1"] = "Active", ["2"] = "Active, full risk", ["3"] = "Active, services capitated", ["4"] = "Active, capitated to the primary care physician",
        ["5"] = "Active, being investigated", ["6"] = "Not active", ["7"] = "Not active, update pending", ["8"] = "Not active, being investigated",
        ["A"] = "Coinsurance", ["B"] = "Copay", ["C"] = "Deductible", ["CB"] = "Coverage basis", ["D"] = "Benefit", ["E"] = "Exclusions",
        ["F"] = "Limit", ["G"] = "Out of pocket", ["H"] = "Unlimited", ["I"] = "Not covered", ["J"] = "Cost containment", ["L"] = "Primary care provider",
        ["MC"] = "Managed care coordinator", ["P"] = "Benefit disclaimer", ["R"] = "Other payer", ["U"] = "Contact", ["V"] = "Cannot process",
        ["W"] = "Other source of data", ["X"] = "Health care facility", ["Y"] = "Spend down",
    };

    private static readonly Dictionary<string, string> Periods = new()
    {
        ["6"] = "an hour", ["7"] = "a day", ["21"] = "years", ["22"] = "a service year", ["23"] = "a calendar year", ["24"] = "the year to date",
        ["25"] = "the contract", ["26"] = "an episode", ["27"] = "a visit", ["28"] = "an outlier", ["29"] = "left", ["30"] = "over", ["31"] = "not over",
        ["32"] = "a lifetime", ["33"] = "of a lifetime left", ["34"] = "a month", ["35"] = "a week", ["36"] = "an admission",
    };

    private static readonly Dictionary<string, string> Services = new()
    {
        ["1"] = "Medical care", ["2"] = "Surgery", ["4"] = "X-ray", ["5"] = "Laboratory", ["30"] = "Plan", ["33"] = "Chiropractic", ["35"] = "Dental",
        ["47"] = "Hospital", ["48"] = "Hospital, inpatient", ["50"] = "Hospital, outpatient", ["86"] = "Emergency", ["88"] = "Pharmacy",
        ["98"] = "Office visit", ["AL"] = "Vision", ["BY"] = "Office visit, sick", ["BZ"] = "Office visit, well", ["MH"] = "Mental health",
        ["PT"] = "Physical therapy", ["UC"] = "Urgent care",
    };

    private static readonly Dictionary<string, string> Refusals = new()
    {
        ["15"] = "The payer needs more than was sent.", ["41"] = "The payer does not let the practice ask.",
        ["42"] = "The payer could not answer at this moment. It is asked again with the next file.", ["43"] = "The payer does not know the practice's NPI.",
        ["50"] = "The payer does not let this provider ask.", ["51"] = "The provider is not on the payer's file.",
        ["52"] = "The date of service is out of the payer's range.", ["58"] = "The date of birth is missing or not valid.",
        ["60"] = "The date of birth is after the date of service.", ["62"] = "The date of service is too far back.",
        ["63"] = "The date of service is in the future.", ["64"] = "The patient's number is missing or not valid.",
        ["65"] = "The patient's name is missing or not valid.", ["71"] = "The date of birth is not the one on the payer's file.",
        ["72"] = "The member ID is missing or not valid.", ["73"] = "The subscriber's name is not the one on the payer's file.",
        ["75"] = "The payer does not find the subscriber.", ["76"] = "The payer has the subscriber twice.",
        ["78"] = "The subscriber is not of this group or plan.", ["79"] = "The payer is not reached by this ID.",
        ["80"] = "The payer gave no answer.",
    };

    public static string Info(string code) => Infos.GetValueOrDefault(code, $"Code {code}");

    public static string Period(string code) => code.Length == 0 ? "" : Periods.GetValueOrDefault(code, $"period {code}");

    public static string Service(string code) => Services.GetValueOrDefault(code, $"type {code}");

    public static string Refusal(string code) => $"{Refusals.GetValueOrDefault(code, "The payer did not answer.")} (AAA {code})";

    public static string Network(string code) => code switch { "Y" => "In network", "N" => "Out of network", "W" => "Both", "U" => "Not known", _ => "" };

    public static string Level(string code) => code switch
    {
        "IND" => "Individual",
        "FAM" => "Family",
        "EMP" => "Employee",
        "DEP" => "Dependents",
        "ESP" => "Employee and spouse",
        "ECH" => "Employee and children",
        "CHD" => "Children",
        "SPO" => "Spouse",
        _ => code,
    };
}
