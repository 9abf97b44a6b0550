namespace Modular.Billing.Charges;

/// <summary>Place of service codes that charges begin with, and those at which Medicare pays the facility price.</summary>
public static class PlacesOfService
{
    public const string Office = "11";

    /// <summary>Telehealth, the patient at home; 02 elsewhere.</summary>
    public const string TelehealthAtHome = "10";

    /// <summary>CMS, Place of Service Codes for Professional Claims: what an office meets. The whole set is a code set of its own.</summary>
    public static IReadOnlyDictionary<string, string> Usual { get; } = new Dictionary<string, string>
    {
        ["11"] = "Office", ["10"] = "Telehealth, patient at home", ["02"] = "Telehealth, patient elsewhere", ["12"] = "Home", ["13"] = "Assisted living",
        ["19"] = "Off-campus outpatient hospital", ["20"] = "Urgent care", ["21"] = "Inpatient hospital", ["22"] = "On-campus outpatient hospital",
        ["23"] = "Emergency room", ["24"] = "Ambulatory surgical center", ["31"] = "Skilled nursing facility", ["32"] = "Nursing facility", ["34"] = "Hospice",
        ["81"] = "Independent laboratory",
    };

    /// <summary>Medicare Claims Processing Manual, ch. 26 §10.5: the facility rate is paid here.</summary>
    private static readonly HashSet<string> FacilityRate =
        ["02", "19", "21", "22", "23", "24", "26", "31", "34", "41", "42", "51", "52", "53", "56", "61"];

    public static bool PaysFacilityRate(string place) => FacilityRate.Contains(place);

    public static string Name(string place) => Usual.TryGetValue(place, out var name) ? $"{place} {name}" : place;
}
