using System.Globalization;
using Modular.Patients.Messages;
using Modular.Patients.Registrations;
using Modular.Sdk;

namespace Modular.Patients.Imports;

/// <summary>One coverage of a file, read; who the patient and payers are is asked later.</summary>
/// <param name="Subscriber">Null when it is the patient.</param>
/// <param name="To">The last day covered; null while it runs.</param>
public sealed record CoverageRow(
    string Patient, string Payer, string? SecondaryPayer, int Rank, string MemberId, string? Group, string? GroupName, string? Plan, string Relationship,
    Subscriber? Subscriber, DateOnly From, DateOnly? To)
{
    public static IReadOnlyList<ImportField> Fields { get; } =
    [
        new("patient", "Patient's ID in the old system", true, ["patientid", "patient id"], "3edac2e3-d223"),
        new("payer", "Payer's ID in the old system", true, ["payerid", "payer id"], "7caa7254-5050"),
        new("secondary_payer", "Second payer's ID", false, ["secondarypayer", "secondary payer"]),
        new("rank", "Rank", false, ["order"], "1"),
        new("member_id", "Member ID", false, ["memberid", "policy number"]),
        new("group_number", "Group number", false, ["group", "groupnumber"]),
        new("group_name", "Group name", false, ["groupname", "employer"]),
        new("plan_name", "Plan", false, ["plan", "planname"]),
        new("relationship", "Who holds the policy", false, ["ownership", "owner"], "Self, Spouse or Guardian"),
        new("subscriber", "Name of the holder, in one", false, ["ownername", "owner name", "subscriber name"], "Ruiz, Ana Maria"),
        new("subscriber_first_name", "First name of the holder", false, ["owner first name"]),
        new("subscriber_middle_name", "Middle name of the holder", false, ["owner middle name"]),
        new("subscriber_last_name", "Last name of the holder", false, ["owner last name"]),
        new("subscriber_suffix", "Suffix of the holder", false, [], "Jr."),
        new("subscriber_birth_date", "Birth date of the holder", false, ["subscriber dob", "owner birth date"]),
        new("subscriber_sex", "Sex of the holder", false, ["owner sex"], "F"),
        new("subscriber_address", "Address of the holder", false, ["owner address"]),
        new("subscriber_address2", "Apartment of the holder"),
        new("subscriber_city", "City of the holder", false, ["owner city"]),
        new("subscriber_state", "State of the holder", false, ["owner state"], "OH"),
        new("subscriber_zip", "ZIP code of the holder", false, ["owner zip"]),
        new("from", "Begins", true, ["start_year", "start", "effective"], "2014-10-14"),
        new("to", "Ends", false, ["end_year", "end", "expires"], "2015-10-13"),
    ];

    /// <param name="nobody">The payer stands for "no insurance": such a row has neither member nor holder.</param>
    /// <param name="parted">The holders' names that stand in one, taken apart.</param>
    public static CoverageRow Read(ImportRow row, Reading read, bool nobody, IReadOnlyDictionary<string, NameParts> parted)
    {
        var relationship = row["relationship"]?.ToUpperInvariant() switch
        {
            null or "SELF" or "PATIENT" => "self",
            "SPOUSE" or "HUSBAND" or "WIFE" => "spouse",
            // The file names who holds the policy; here stands what the patient is to them.
            "PARTNER" or "LIFE PARTNER" or "DOMESTIC PARTNER" => "partner",
            "EMPLOYEE" or "EMPLOYER" => "employee",
            "UNKNOWN" or "NOT KNOWN" => "unknown",
            "GUARDIAN" or "PARENT" or "MOTHER" or "FATHER" or "CHILD" or "DEPENDENT" => "child",
            _ => "other",
        };
        var from = Day(row["from"], "from", read, ends: false);
        var to = Day(row["to"], "to", read, ends: true);
        return new(
            read.Required("patient", "Patient's ID", row["patient"], 120), read.Required("payer", "Payer's ID", row["payer"], 120), row["secondary_payer"], RankOf(row["rank"], read),
            nobody ? "" : read.Required("member_id", "Member ID", row["member_id"], 60), read.Text("group_number", "Group number", row["group_number"], 60),
            read.Text("group_name", "Group name", row["group_name"], 120), read.Text("plan_name", "Plan", row["plan_name"], 120),
            relationship, relationship == "self" || nobody ? null : Holder(row, read, parted), from ?? default, to);
    }

    /// <summary>By columns of its own where the file has them; else the one name, taken apart as far as that is safe.</summary>
    private static Subscriber Holder(ImportRow row, Reading read, IReadOnlyDictionary<string, NameParts> parted)
    {
        var name = row["subscriber_last_name"] is null && parted.GetValueOrDefault(row["subscriber"] ?? "") is { } parts ? parts
            : new(row["subscriber_first_name"], row["subscriber_middle_name"], row["subscriber_last_name"] ?? "", row["subscriber_suffix"]);
        return new(
            read.Text("subscriber_first_name", "First name of the holder", name.FirstName, 120),
            read.Text("subscriber_middle_name", "Middle name of the holder", name.MiddleName, 120),
            read.Required(row["subscriber_last_name"] is null ? "subscriber" : "subscriber_last_name", "Name of the holder", name.LastName, 120),
            read.Text("subscriber_suffix", "Suffix of the holder", name.Suffix, 20),
            read.Past("subscriber_birth_date", "Birth date of the holder", row["subscriber_birth_date"]),
            SexOf(row["subscriber_sex"], read),
            read.Text("subscriber_address", "Address of the holder", row["subscriber_address"], 120),
            read.Text("subscriber_address2", "Apartment of the holder", row["subscriber_address2"]),
            read.Text("subscriber_city", "City of the holder", row["subscriber_city"]),
            read.State("subscriber_state", row["subscriber_state"]),
            read.Zip("subscriber_zip", row["subscriber_zip"], fromSpreadsheet: true));
    }

    private static string? SexOf(string? typed, Reading read) => read.OneOf(
        "subscriber_sex", "Sex of the holder", typed?.ToUpperInvariant() switch { "FEMALE" => "F", "MALE" => "M", "UNKNOWN" => "U", _ => typed }, Choices.Sex);

    private static int RankOf(string? typed, Reading read)
    {
        switch (typed?.ToUpperInvariant())
        {
            case null or "1" or "PRIMARY": return 1;
            case "2" or "SECONDARY": return 2;
            case "3" or "TERTIARY": return 3;
            default:
                read.Refuse("rank", "Use primary, secondary or tertiary.");
                return 1;
        }
    }

    /// <summary>
    /// A day as it stands. A moment ends its coverage the day before, because the next one begins at that moment. A bare year begins on
    /// its first day, and ends with the year before: such files name the year in which the next one begins.
    /// </summary>
    private static DateOnly? Day(string? text, string field, Reading read, bool ends)
    {
        if (text is { Length: 4 } && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is > 1900 and < 2200)
        {
            return new DateOnly(year, 1, 1).AddDays(ends ? -1 : 0);
        }

        var moment = text?.IndexOf('T', StringComparison.Ordinal) ?? -1;
        return read.Near(field, moment == 10 ? text![..10] : text)?.AddDays(moment == 10 && ends ? -1 : 0);
    }
}
