using System.Globalization;
using Modular.Patients.Registrations;
using Modular.Sdk;

namespace Modular.Patients.Imports;

/// <summary>One coverage of a file, read; who the patient and payers are is asked later.</summary>
/// <param name="To">The last day covered; null while it runs.</param>
public sealed record CoverageRow(
    string Patient, string Payer, string? SecondaryPayer, int Rank, string MemberId, string? Group, string Relationship, string? Subscriber, DateOnly From, DateOnly? To)
{
    public static IReadOnlyList<ImportField> Fields { get; } =
    [
        new("patient", "Patient's ID in the old system", true, ["patientid", "patient id"], "3edac2e3-d223"),
        new("payer", "Payer's ID in the old system", true, ["payerid", "payer id"], "7caa7254-5050"),
        new("secondary_payer", "Second payer's ID", false, ["secondarypayer", "secondary payer"]),
        new("rank", "Rank", false, ["order"], "1"),
        new("member_id", "Member ID", false, ["memberid", "policy number"]),
        new("group_number", "Group number", false, ["group", "groupnumber"]),
        new("relationship", "Who holds the policy", false, ["ownership", "owner"], "Self, Spouse or Guardian"),
        new("subscriber", "Name of the holder", false, ["ownername", "owner name", "subscriber name"]),
        new("from", "Begins", true, ["start_year", "start", "effective"], "2014-10-14"),
        new("to", "Ends", false, ["end_year", "end", "expires"], "2015-10-13"),
    ];

    /// <param name="nobody">The payer stands for "no insurance": such a row has neither member nor holder.</param>
    public static CoverageRow Read(ImportRow row, Reading read, bool nobody)
    {
        var relationship = row["relationship"]?.ToUpperInvariant() switch
        {
            null or "SELF" or "PATIENT" => "self",
            "SPOUSE" or "HUSBAND" or "WIFE" => "spouse",
            // The file names who holds the policy; here stands what the patient is to them.
            "GUARDIAN" or "PARENT" or "MOTHER" or "FATHER" or "CHILD" or "DEPENDENT" => "child",
            _ => "other",
        };
        var from = Day(row["from"], "from", read, ends: false);
        var to = Day(row["to"], "to", read, ends: true);
        return new(
            read.Required("patient", "Patient's ID", row["patient"], 120), read.Required("payer", "Payer's ID", row["payer"], 120), row["secondary_payer"], RankOf(row["rank"], read),
            nobody ? "" : read.Required("member_id", "Member ID", row["member_id"], 60), read.Text("group_number", "Group number", row["group_number"], 60),
            relationship, relationship == "self" || nobody ? null : read.Required("subscriber", "Name of the holder", row["subscriber"], 120), from ?? default, to);
    }

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
