using System.Globalization;
using System.Text;
using Modular.Billing.X12;

namespace Modular.Billing.Eligibility;

/// <summary>What a 271 says of one patient.</summary>
/// <param name="Trace">TRN02 of the TRN01 2; empty where a payer refused before it came to a patient.</param>
/// <param name="Reference">BHT03.</param>
/// <param name="Refusals">AAA03, of the patient and of all levels above.</param>
public sealed record EligibilityReply(
    string Trace, string Reference, DateOnly? PlanFrom, DateOnly? PlanTo, IReadOnlyList<Benefit> Benefits, IReadOnlyList<string> Refusals, string Raw);

/// <summary>Reads 271 files (005010X279A1). The patient is the lowest level.</summary>
public static class EligibilityReader
{
    public static IReadOnlyList<EligibilityReply> Read(X12Document document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return [.. document.Sets.Where(s => s is { Type: "271", Root: not null }).SelectMany(s => Of(s.Root!))];
    }

    private static IEnumerable<EligibilityReply> Of(Loop root)
    {
        var reference = root.Find("BHT")?[3] ?? "";
        string[] above = [.. new[] { "2000A", "2100A", "2000B", "2100B" }.SelectMany(root.Below).SelectMany(Refused)];
        Loop[] patients = [.. root.Below("2000C").Where(IsPatient), .. root.Below("2000D")];
        foreach (var level in patients)
        {
            var letter = level.Id[^1];
            var person = level.Child("2100" + letter);
            Loop[] parts = [.. person?.Children("2110" + letter) ?? []];
            // What was refused of the subscriber was refused of the dependent under it.
            IEnumerable<Loop?> around = [level, person, .. level.Id == "2000D" ? new[] { level.Parent, level.Parent?.Child("2100C") } : []];
            var refused = above.Concat(around.OfType<Loop>().Concat(parts).SelectMany(Refused));
            var (from, to) = PlanDates(person);
            yield return new(level.Find("TRN", 1, "2")?[2] ?? "", reference, from, to, [.. parts.Select(p => Read(p, letter))], [.. refused.Distinct()],
                Raw(level));
        }

        if (patients.Length == 0 && above.Length > 0)
        {
            yield return new("", reference, null, null, [], [.. above.Distinct()], Raw(root));
        }
    }

    private static bool IsPatient(Loop level) => level.Child("2000D") is null
        && (level.Find("TRN") is not null || level.Child("2100C")?.Child("2110C") is not null || Refused(level).Any()
            || level.Child("2100C") is { } person && Refused(person).Any());

    private static Benefit Read(Loop part, char letter)
    {
        var eb = part.Segments[0];
        return new(eb[1], eb[2], [.. eb.Repeats(3).Where(t => t.Length > 0)], eb[5], eb[6], Small(eb.Decimal(7)), Small(eb.Decimal(8)),
            Small(eb.Decimal(10)), eb[11], eb[12], [.. part.All("MSG").Select(m => m[1])],
            [.. part.Children("2120" + letter).Select(e => e.Find("NM1")).OfType<Segment>().Select(Name).Where(n => n.Length > 0)]);
    }

    /// <summary>A number that no plan has is none.</summary>
    private static decimal? Small(decimal? said) => said is > -1_000_000_000 and < 1_000_000_000 ? said : null;

    private static string Name(Segment nm1) => nm1[4].Length > 0 ? $"{nm1[3]}, {nm1[4]}" : nm1[3];

    /// <summary>DTP 346 and 347 the plan begins and ends, 356 and 357 eligibility; 291 and 307 are both with a hyphen between.</summary>
    private static (DateOnly? From, DateOnly? To) PlanDates(Loop? person)
    {
        DateOnly? from = null, to = null;
        foreach (var date in person?.All("DTP") ?? [])
        {
            var days = date.Is(2, "RD8") ? date[3].Split('-', 2) : [date[3]];
            from = date[1] is "346" or "356" or "291" or "307" ? Day(days[0]) ?? from : from;
            to = date[1] is "347" or "357" || (days.Length == 2 && (date[1] is "291" or "307")) ? Day(days[^1]) ?? to : to;
        }

        return (from, to);
    }

    private static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static IEnumerable<string> Refused(Loop loop) => loop.All("AAA").Select(a => a[3]).Where(r => r.Length > 0);

    private static string Raw(Loop loop)
    {
        var text = new StringBuilder();
        Write(loop);
        return text.Replace("\0", "").ToString();

        void Write(Loop at)
        {
            foreach (var segment in at.Segments)
            {
                text.Append(segment).Append("~\n");
            }

            foreach (var below in at.Loops)
            {
                Write(below);
            }
        }
    }
}
