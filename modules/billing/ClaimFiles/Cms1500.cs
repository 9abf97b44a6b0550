using System.Globalization;

namespace Modular.Billing.ClaimFiles;

/// <summary>
/// A claim on the paper form CMS-1500 (02/12), by the instructions of the NUCC: what goes into which box and where the box is. Six lines a page;
/// a claim with more goes on on further pages, and the total stands on the last.
/// </summary>
public static class Cms1500
{
    public const int LinesOfPage = 6;

    private const string OnFile = "SIGNATURE ON FILE";

    public static IReadOnlyList<PaperPage> Pages(ClaimFacts claim)
    {
        var parts = claim.Lines.Chunk(LinesOfPage).ToList();
        return [.. parts.Select((lines, page) => Page(claim, lines, page == parts.Count - 1))];
    }

    private static PaperPage Page(ClaimFacts claim, IReadOnlyList<ClaimLine> lines, bool isLast)
    {
        var fields = new Fields();
        Payer(fields, claim);
        Insured(fields, claim);
        Other(fields, claim);
        Condition(fields, claim);
        Claim(fields, claim);
        for (var i = 0; i < lines.Count; i++)
        {
            Line(fields, claim, lines[i], 42 + (2 * (i + 1)));
        }

        Foot(fields, claim, isLast);
        return new(fields.All);
    }

    private static void Payer(Fields fields, ClaimFacts claim)
    {
        var (payer, address) = (claim.Coverage.Payer, claim.Coverage.Payer.Address);
        fields.Put("", 2, 41, 31, payer.Name);
        fields.Put("", 3, 41, 31, address?.Street);
        fields.Put("", 4, 41, 31, address?.Street2);
        fields.Put("", 5, 41, 31, address is null ? null : $"{address.City} {address.State} {address.Zip}");
        var (column, kind) = claim.Coverage.FilingCode switch
        {
            "MA" or "MB" => (1, "Medicare"),
            "MC" => (8, "Medicaid"),
            "CH" => (15, "TRICARE"),
            "VA" => (24, "CHAMPVA"),
            "CI" or "BL" or "HM" or "12" or "13" or "14" or "15" or "16" => (31, "Group plan"),
            "FI" => (39, "FECA"),
            _ => (45, "Other"),
        };
        fields.Mark("1", 8, column, kind);
        fields.Put("1a", 8, 50, 29, claim.Coverage.MemberId);
    }

    private static void Insured(Fields fields, ClaimFacts claim)
    {
        var (patient, coverage) = (claim.Patient, claim.Coverage);
        var insured = coverage.IsSelf ? patient : coverage.SubscriberPerson;
        fields.Put("2", 10, 1, 28, patient.Name.ToString());
        fields.LongDate("3", 10, 31, patient.BirthDate);
        Sex(fields, "3", 10, 42, 47, patient.Sex);
        fields.Put("4", 10, 50, 29, (coverage.IsSelf ? patient.Name : coverage.Subscriber)?.ToString());
        var (relation, word) = coverage.Relationship switch
        {
            "18" => (33, "Self"),
            "01" => (38, "Spouse"),
            "19" => (42, "Child"),
            _ => (47, "Other"),
        };
        fields.Mark("6", 12, relation, word);
        foreach (var (box, person, column) in new[] { ("5", patient, 1), ("7", insured, 50) })
        {
            fields.Put(box, 12, column, 28, person?.Address.Street);
            fields.Put(box, 14, column, column == 1 ? 24 : 23, person?.Address.City);
            fields.Put(box, 14, column == 1 ? 26 : 74, 3, person?.Address.State);
            fields.Put(box, 16, column, 12, person?.Address.Zip?.Replace("-", "", StringComparison.Ordinal));
            fields.Phone(box, 16, column + (column == 1 ? 14 : 15), person?.Phone);
        }

        // Medicare as first payer: NONE says that somebody asked for another (Claims Manual ch. 26 section 10.2, item 11).
        fields.Put("11", 18, 50, 29, coverage is { FilingCode: "MA" or "MB", Rank: "P" } ? "NONE" : coverage.GroupNumber);
        if (insured is not null)
        {
            fields.LongDate("11a", 20, 53, insured.BirthDate);
            Sex(fields, "11a", 20, 68, 75, insured.Sex);
        }

        if (coverage.PropertyClaim is { Length: > 0 } number)
        {
            fields.Put("11b", 22, 50, 2, "Y4");
            fields.Put("11b", 22, 53, 26, number);
        }

        fields.Put("11c", 24, 50, 29, coverage.GroupName);
        fields.YesNo("11d", 26, claim.OtherCoverages.Count > 0, 52, 57);
    }

    private static void Sex(Fields fields, string box, double line, int male, int female, string sex)
    {
        if (sex is "M" or "F")
        {
            fields.Mark(box, line, sex == "M" ? male : female, sex == "M" ? "Male" : "Female");
        }
    }

    private static void Other(Fields fields, ClaimFacts claim)
    {
        if (claim.OtherCoverages.Count > 0)
        {
            var other = claim.OtherCoverages[0];
            fields.Put("9", 18, 1, 28, other.Subscriber.ToString());
            fields.Put("9a", 20, 1, 28, other.GroupNumber ?? other.MemberId);
            fields.Put("9d", 26, 1, 28, other.GroupName ?? other.Payer.Name);
        }
    }

    private static void Condition(Fields fields, ClaimFacts claim)
    {
        var (accident, dates) = (claim.Accident, claim.Dates);
        fields.YesNo("10a", 20, accident is { Employment: true }, 35, 41);
        fields.YesNo("10b", 22, accident is { Car: true }, 35, 41);
        fields.Put("10b", 22, 45, 3, accident?.State);
        fields.YesNo("10c", 24, accident is { Other: true }, 35, 41);
        fields.Put("10d", 26, 31, 19, string.Join(' ', claim.Conditions.Take(4)));
        fields.Put("12", 29, 7, 20, claim.Release is "Y" or "I" ? OnFile : null);
        fields.Put("13", 29, 55, 20, claim.BenefitsAssigned == "Y" ? OnFile : null);
        if ((dates.Onset ?? accident?.Date ?? dates.LastMenstrualPeriod) is { } began)
        {
            // 431 onset (also of an injury), 484 last menstrual period (NUCC item 14).
            fields.ShortDate("14", 32, 2, began);
            fields.Put("14", 32, 16, 3, dates.Onset is null && accident?.Date is null ? "484" : "431");
        }

        if (dates.InitialTreatment is { } treated)
        {
            fields.Put("15", 32, 31, 3, "454");
            fields.ShortDate("15", 32, 37, treated);
        }

        fields.ShortDate("16", 32, 54, dates.DisabledFrom);
        fields.ShortDate("16", 32, 68, dates.DisabledTo);
        fields.ShortDate("18", 34, 54, dates.Admission);
        fields.ShortDate("18", 34, 68, dates.Discharge);
    }

    private static void Claim(Fields fields, ClaimFacts claim)
    {
        var ordering = claim.Lines.Select(line => line.Ordering).FirstOrDefault(o => o is not null);
        var (qualifier, source) = claim.Referring is not null ? ("DN", claim.Referring)
            : ordering is not null ? ("DK", ordering) : ("DQ", claim.Supervising);
        if (source is not null)
        {
            fields.Put("17", 34, 1, 2, qualifier);
            fields.Put("17", 34, 4, 25, $"{source.Name.First} {source.Name.Middle} {source.Name.Last}");
            fields.Put("17b", 34, 33, 15, source.Npi);
        }

        fields.Put("19", 36, 1, 48, claim.Note?.Text);
        var outside = claim.Lines.Sum(line => line.Purchase?.Amount ?? 0);
        fields.YesNo("20", 36, outside > 0, 52, 57);
        fields.Put("20", 36, 63, 9, outside > 0 ? Money(outside) : null);
        fields.Put("21", 37, 42, 1, "0");
        for (var i = 0; i < Math.Min(claim.Diagnoses.Count, ClaimFaults.MostDiagnoses); i++)
        {
            fields.Put("21", 38 + (i / 4), 3 + (13 * (i % 4)), 8, claim.Diagnoses[i].Replace(".", "", StringComparison.Ordinal));
        }

        if (claim.Frequency is "7" or "8")
        {
            fields.Put("22", 38, 50, 4, claim.Frequency);
            fields.Put("22", 38, 62, 17, claim.References.PayerClaim);
        }

        var references = claim.References;
        fields.Put("23", 40, 50, 29, references.Authorization ?? references.Referral ?? references.Mammography ?? references.Clia);
    }

    private static void Line(Fields fields, ClaimFacts claim, ClaimLine line, int at)
    {
        var rendering = line.Rendering ?? claim.Rendering;
        fields.Put("24", at - 1, 1, 60, Supplement(line));
        fields.ShortDate("24A", at, 1, line.From);
        fields.ShortDate("24A", at, 10, line.To ?? line.From);
        fields.Put("24B", at, 19, 2, line.PlaceOfService ?? claim.PlaceOfService);
        fields.Put("24C", at, 22, 1, line.Emergency ? "Y" : null);
        fields.Put("24D", at, 25, 7, line.Procedure);
        for (var i = 0; i < Math.Min(line.Modifiers.Count, 4); i++)
        {
            fields.Put("24D", at, 33 + (3 * i), 2, line.Modifiers[i]);
        }

        fields.Put("24E", at, 45, 4, string.Concat(line.Pointers.Select(p => (char)('A' + p - 1))));
        fields.Put("24F", at, 50, 9, Money(line.Charge));
        fields.Put("24G", at, 59, 4, line.Units.ToString("0.###", CultureInfo.InvariantCulture));
        fields.Put("24H", at, 63, 1, line.Epsdt || line.FamilyPlanning ? "Y" : null);
        if (rendering?.Ids is [var id, ..])
        {
            fields.Put("24I", at - 1, 65, 2, id.Qualifier);
            fields.Put("24J", at - 1, 68, 11, id.Value);
        }

        fields.Put("24J", at, 68, 11, rendering?.Npi ?? (claim.Billing.IsPerson ? claim.Billing.Npi : null));
    }

    /// <summary>The shaded half of a line: a drug, or what explains a code (NUCC item 24, supplemental information).</summary>
    private static string? Supplement(ClaimLine line) => line.Drug is { } drug
        ? $"N4{drug.Ndc.Replace("-", "", StringComparison.Ordinal)} {drug.Unit}{drug.Quantity.ToString("0.###", CultureInfo.InvariantCulture)}"
        : (line.Description ?? line.Note?.Text) is { Length: > 0 } text ? $"ZZ{text}" : null;

    private static void Foot(Fields fields, ClaimFacts claim, bool isLast)
    {
        var billing = claim.Billing;
        fields.Put("25", 56, 1, 15, billing.TaxId.Replace("-", "", StringComparison.Ordinal));
        fields.Mark("25", 56, billing.TaxIdIsSsn ? 17 : 19, billing.TaxIdIsSsn ? "SSN" : "EIN");
        fields.Put("26", 56, 23, 14, claim.Id);
        fields.YesNo("27", 56, claim.Assignment == "A", 38, 43);
        fields.Put("28", 56, 51, 10, isLast ? Money(claim.Charge) : "CONTINUED");
        var paid = (claim.PatientPaid ?? 0) + claim.OtherCoverages.Sum(o => o.Paid ?? 0);
        fields.Put("29", 56, 62, 9, isLast && paid > 0 ? Money(paid) : null);
        fields.Put("31", 60, 1, 21, claim.ProviderSigned ? OnFile : null);
        if (claim.Facility is { } facility)
        {
            Place(fields, "32", 58, 23, 26, facility.Name, facility.Address);
            fields.Put("32a", 61, 24, 10, facility.Npi);
        }

        fields.Phone("33", 57, 66, billing.Contact?.Phone);
        Place(fields, "33", 58, 50, 29, billing.Name, billing.Address);
        fields.Put("33a", 61, 51, 10, billing.Npi);
        if (billing.Taxonomy is { Length: > 0 } taxonomy)
        {
            fields.Put("33b", 61, 63, 16, $"ZZ{taxonomy}");
        }
    }

    private static void Place(Fields fields, string box, double line, int column, int columns, ClaimName name, ClaimAddress? address)
    {
        fields.Put(box, line, column, columns, name.First is null ? name.Last : $"{name.First} {name.Last}");
        fields.Put(box, line + 1, column, columns, $"{address?.Street} {address?.Street2}");
        fields.Put(box, line + 2, column, columns, $"{address?.City} {address?.State} {address?.Zip}");
    }

    /// <summary>Dollars and cents without a point: the form has a line between them.</summary>
    private static string Money(decimal amount) => amount.ToString("0.00", CultureInfo.InvariantCulture).Replace('.', ' ');

    /// <summary>Collects what is not empty, in capitals.</summary>
    private sealed class Fields
    {
        public List<PaperField> All { get; } = [];

        public void Put(string box, double line, int column, int columns, string? text)
        {
            if (!string.IsNullOrWhiteSpace(text))
            {
                var plain = string.Join(' ', ClaimOutput.Text(text).Split(' ', StringSplitOptions.RemoveEmptyEntries));
                All.Add(new(box, plain, line, column, columns));
            }
        }

        public void Mark(string box, double line, int column, string meaning) => All.Add(new(box, "X", line, column, 2, meaning));

        public void YesNo(string box, double line, bool answer, int yes, int no) => Mark(box, line, answer ? yes : no, answer ? "Yes" : "No");

        public void LongDate(string box, double line, int column, DateOnly? date) => Date(box, line, column, date, "yyyy");

        public void ShortDate(string box, double line, int column, DateOnly? date) => Date(box, line, column, date, "yy");

        public void Phone(string box, double line, int column, string? phone)
        {
            var digits = string.Concat((phone ?? "").Where(char.IsAsciiDigit));
            if (digits.Length >= 10)
            {
                Put(box, line, column, 4, digits[^10..^7]);
                Put(box, line, column + 4, 9, digits[^7..]);
            }
        }

        private void Date(string box, double line, int column, DateOnly? date, string year)
        {
            if (date is { } day)
            {
                Put(box, line, column, 3, day.ToString("MM", CultureInfo.InvariantCulture));
                Put(box, line, column + 3, 3, day.ToString("dd", CultureInfo.InvariantCulture));
                Put(box, line, column + 6, year.Length + 1, day.ToString(year, CultureInfo.InvariantCulture));
            }
        }
    }
}
