using System.Globalization;

namespace Modular.Billing.Inbox;

/// <summary>A charge read from a message, with what the sender calls it.</summary>
public sealed record Hl7Charge(string Sender, string OutsideId, OutsideContent Content);

/// <summary>What a file of HL7 v2 messages has: charges, and a sentence for each message that is none or cannot be read.</summary>
public sealed record Hl7File(IReadOnlyList<Hl7Charge> Charges, IReadOnlyList<string> Problems);

/// <summary>
/// Reads DFT^P03 (HL7 v2.3 to 2.8, chapter 6): FT1 segments of one day and one performer are one charge. Delimiters are the message's own; batch
/// headers and framing characters are passed over.
/// </summary>
public static class Hl7Charges
{
    public const int MostMessages = 2000;

    public static Hl7File Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var (charges, problems) = (new List<Hl7Charge>(), new List<string>());
        foreach (var (number, segments) in Messages(text).Take(MostMessages).Index())
        {
            try
            {
                charges.AddRange(new Message(segments).Charges());
            }
            catch (FormatException e)
            {
                problems.Add($"Message {number + 1}: {e.Message}");
            }
        }

        if (charges.Count == 0 && problems.Count == 0)
        {
            problems.Add("This file has no HL7 message: none begins with MSH.");
        }

        return new(charges, problems);
    }

    private static IEnumerable<List<string>> Messages(string text)
    {
        List<string>? message = null;
        foreach (var line in text.Split(['\r', '\n', '\v', (char)0x1c], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (line.StartsWith("MSH", StringComparison.Ordinal))
            {
                if (message is not null)
                {
                    yield return message;
                }

                message = [line];
            }
            else if (message is not null && line.Length > 3 && line[..3] is not ("BTS" or "FTS" or "BHS" or "FHS"))
            {
                message.Add(line);
            }
        }

        if (message is not null)
        {
            yield return message;
        }
    }

    private sealed class Message
    {
        private readonly List<string[]> segments;
        private readonly char component, repeat, escape;

        public Message(List<string> lines)
        {
            if (lines[0].Length < 8)
            {
                throw new FormatException("its MSH segment is cut off.");
            }

            var field = lines[0][3];
            (component, repeat, escape) = (lines[0][4], lines[0][5], lines[0][6]);
            segments = [.. lines.Select(l => l.Split(field))];
            // MSH-1 is the separator itself.
            segments[0] = ["MSH", field.ToString(), .. segments[0][1..]];
        }

        public IEnumerable<Hl7Charge> Charges()
        {
            var msh = segments[0];
            if (Part(msh, 9, 1) != "DFT" || (Part(msh, 9, 2) is { } trigger && trigger != "P03"))
            {
                throw new FormatException($"it is {Part(msh, 9, 1) ?? "of no type"}^{Part(msh, 9, 2)}, and charges come as DFT^P03.");
            }

            var pid = segments.Find(s => s[0] == "PID") ?? throw new FormatException("it has no PID segment, so nobody knows whose charge it is.");
            var services = segments.Where(s => s[0] == "FT1").ToList();
            if (services.Count == 0)
            {
                throw new FormatException("it has no FT1 segment, so there is nothing to charge.");
            }

            var control = Part(msh, 10) ?? throw new FormatException("it has no control id (MSH-10), so it could be taken twice.");
            var sender = string.Join(' ', new[] { Part(msh, 3), Part(msh, 4) }.OfType<string>());
            return services.GroupBy(f => (Day: Day(f), Who: Part(f, 20) ?? Part(f, 21))).Index()
                .Select(g => new Hl7Charge(Short(sender.Length == 0
                    ? "HL7" : sender, 60), Short($"{control}{(g.Index == 0 ? "" : $".{g.Index + 1}")}", 80), Content(pid, g.Item.Key.Day,
                    g.Item.Key.Who, [.. g.Item])))
                .ToList();
        }

        private OutsideContent Content(string[] pid, DateOnly day, string? performer, List<string[]> services)
        {
            var diagnoses = segments.Where(s => s[0] == "DG1").Select(s => Part(s, 3))
                .Concat(services.SelectMany(s => Repeats(s, 19))).OfType<string>().Distinct().ToList();
            return new()
            {
                PatientNumber = Part(pid, 3) ?? Part(pid, 2), LastName = Part(pid, 5, 1), FirstName = Part(pid, 5, 2),
                BirthDate = Part(pid, 7) is { Length: >= 8 } born && Date(born) is { } date ? date : null, From = day, ProviderNpi = performer,
                What = "Charge from the record",
                Diagnoses = diagnoses, Lines = [.. services.Select(s => Line(s, diagnoses))],
            };
        }

        private OutsideLine Line(string[] service, List<string> diagnoses)
        {
            var code = Part(service, 25) ?? Part(service, 7) ?? throw new FormatException("an FT1 segment has no procedure code (FT1-25).");
            var letters = string.Concat(Repeats(service, 19).Select(d => diagnoses.IndexOf(d)).Where(at => at is >= 0 and < 12).Take(4)
                .Select(at => (char)('A' + at)));
            var units = Part(service, 10) is not { } typed ? 1
                : decimal.TryParse(typed, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var read) && read > 0 ? read
                : throw new FormatException($"“{typed}” are no units (FT1-10).");
            return new(code, [.. Repeats(service, 26)], letters.Length == 0 ? null : letters, units);
        }

        private DateOnly Day(string[] service) =>
            Part(service, 4) is { Length: >= 8 } typed && Date(typed) is { } day ? day
                : throw new FormatException("an FT1 segment has no day of service (FT1-4).");

        private static DateOnly? Date(string typed) => DateOnly.TryParseExact(typed[..8], "yyyyMMdd", CultureInfo.InvariantCulture,
            DateTimeStyles.None, out var day) ? day : null;

        private static string Short(string text, int longest) => text.Length > longest ? text[..longest] : text;

        /// <summary>A component of the first repetition of a field; null when it is empty.</summary>
        private string? Part(string[] segment, int field, int which = 1) => segment.Length <= field ? null
            : PartOf(segment[field].Split(repeat)[0], which);

        private IEnumerable<string> Repeats(string[] segment, int field) =>
            segment.Length <= field ? [] : segment[field].Split(repeat).Select(r => PartOf(r, 1)).OfType<string>();

        private string? PartOf(string field, int which)
        {
            var parts = field.Split(component);
            var text = parts.Length < which
                ? "" : parts[which - 1].Trim().Replace($"{escape}T{escape}", "&", StringComparison.Ordinal).Replace($"{escape}F{escape}", "|",
                StringComparison.Ordinal);
            return text is "" or "\"\"" ? null : text;
        }
    }
}
