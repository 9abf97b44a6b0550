using System.Globalization;
using Modular.Billing.X12;

namespace Modular.Billing.Answers;

/// <summary>
/// Reads TA1, 999, 277CA and 277, several one after the other. What cannot be read is said and stops nothing else.
/// </summary>
public static class AnswerReader
{
    public static AnswerContent Read(byte[] file)
    {
        var document = X12Document.Read(file);
        List<AnswerLine> lines = [];
        List<string> problems = [];
        if (document.Interchanges.Count == 0)
        {
            return new([], ["This is no X12 file: it has no ISA segment."], false);
        }

        foreach (var interchange in document.Interchanges)
        {
            lines.AddRange(interchange.Acknowledgments.Select(ta1 => Ta1(ta1, interchange)));
            foreach (var set in interchange.Groups.SelectMany(g => g.Sets).Where(s => s.Type != "835"))
            {
                if (set.Root is not { } root || set.Type is not ("999" or "277"))
                {
                    problems.Add($"Set {set.ControlNumber} is a {set.Type} ({set.Group.Version}), which is no answer to claims.");
                    continue;
                }

                lines.AddRange(set.Type == "999" ? Acknowledgments(root, interchange) : Statuses(root, set.Guide?.Key == "277ca"));
            }
        }

        // A file that was cut off has lost answers, and nobody else would say so.
        problems.AddRange(document.Errors.Where(p => p.Level == ProblemLevel.Envelope).Select(p => p.Sentence).Distinct().Take(20));
        return new(lines, problems, document.Sets.Any(s => s.Type == "835"));
    }

    private static AnswerLine Ta1(Segment ta1, Interchange interchange)
    {
        var (result, note) = (ta1[4], ta1[5]);
        var words = result switch
        {
            "A" => "The file was taken",
            "E" => $"The file was taken with errors: {AnswerWords.Interchange(note)}",
            _ => $"The whole file was refused: {AnswerWords.Interchange(note)}",
        };
        return new(AnswerKind.Ta1, result is "A" or "E" ? AnswerVerdict.Received : AnswerVerdict.Rejected, words)
        {
            Interchange = ta1[1].Trim(), Codes = $"{result}:{note}", Speaker = interchange.Isa[6].Trim(), SaidOn = Day("20" + ta1[2]),
        };
    }

    private static IEnumerable<AnswerLine> Acknowledgments(Loop root, Interchange interchange)
    {
        var (ak1, ak9) = (root.Find("AK1"), root.Find("AK9"));
        if (ak1 is null)
        {
            yield break;
        }

        var heard = new AnswerLine(AnswerKind.Ack999, AnswerVerdict.Open, "")
        {
            Group = ak1[2], Speaker = interchange.Isa[6].Trim(), SaidOn = Day("20" + interchange.Isa[9]),
        };
        var sets = root.Children("2000").ToList();
        if (sets.Count == 0 && ak9 is not null)
        {
            // Nothing is said of single sets: the word of the group is that of each.
            yield return Taken(ak9[1]) switch
            {
                true => heard with { Verdict = AnswerVerdict.Received, Words = "The group was taken", Codes = ak9[1] },
                false => heard with { Verdict = AnswerVerdict.Rejected, Words = "The whole group was refused", Codes = ak9[1] },
                null => heard with { Words = "The group was taken in part; which part is not said", Codes = ak9[1] },
            };
        }

        foreach (var set in sets)
        {
            foreach (var line in OfSet(set, heard with { Set = set.Segments[0][2] }))
            {
                yield return line;
            }
        }
    }

    /// <summary>The word on the set, with its first errors; and for each claim that an error names, that error.</summary>
    private static IEnumerable<AnswerLine> OfSet(Loop set, AnswerLine heard)
    {
        var ik5 = set.Find("IK5");
        var isRejected = ik5 is null || Taken(ik5[1]) == false;
        var errors = set.Children("2100").Select(Error).ToList();
        var named = errors.Where(e => e.Claim is not null).ToList();
        var words = isRejected ? "The whole set was refused" : errors.Count == 0 ? "The set was taken" : "The set was taken with errors";
        yield return heard with
        {
            Verdict = isRejected ? AnswerVerdict.Rejected : AnswerVerdict.Received,
            Words = errors.Count == 0 ? words : $"{words}: {string.Join("; ", errors.Take(3).Select(e => e.Words))}",
            Codes = ik5?[1] ?? "",
            Page = errors.Count == 1 ? errors[0].Page : null,
        };
        foreach (var error in named)
        {
            // The set's own word moves the claim; this says which of its fields was meant.
            yield return heard with { ClaimNumber = error.Claim, Words = error.Words, Codes = error.Codes, Page = error.Page };
        }
    }

    private static (string Words, string Codes, string? Claim, MendPage? Page) Error(Loop error)
    {
        var ik3 = error.Segments[0];
        var (segment, loop) = (ik3[1], ik3[3]);
        var elements = error.Children("2110").Select(e => e.Segments[0]).ToList();
        var words = elements.Count == 0 ? AnswerWords.Segment(segment, loop, ik3[2], ik3[4])
            : string.Join("; ", elements.Select(e => AnswerWords.Element(segment, loop, e[1, 1], e[1, 2], e[3])));
        // CTX*CLM01:C1 names the claim (section 2.4, business unit identifier).
        var claim = error.All("CTX").Where(c => c[1, 1] == "CLM01").Select(c => c[1, 2]).FirstOrDefault(c => c.Length > 0);
        var codes = $"{segment}:{loop}:{ik3[4]}{string.Concat(elements.Select(e => $" {e[1, 1]}:{e[3]}"))}";
        return (words, codes, claim, MendPages.OfLoop(loop));
    }

    /// <summary>True taken, false refused, null in part. E is taken, with errors noted (005010X231A1 IK501, AK901).</summary>
    private static bool? Taken(string result) => result switch { "A" or "E" => true, "P" => null, _ => false };

    private static IEnumerable<AnswerLine> Statuses(Loop root, bool isAcknowledgment)
    {
        foreach (var claim in root.Below("2200D").Concat(root.Below("2200E")))
        {
            var level = claim.Parent!;
            var speaker = level.Around("2000A")?.Child("2100A")?.Find("NM1");
            var statuses = claim.All("STC").ToList();
            var lines = claim.Loops.SelectMany(l => l.All("STC")).ToList();
            var codes = statuses.Concat(lines).SelectMany(Codes).Distinct().ToList();
            var verdict = isAcknowledgment ? OfAcknowledgment(statuses) : OfStatus(statuses);
            var words = string.Join("; ", codes.Select(c => AnswerWords.Status(c.Category, c.Status, c.Entity)));
            var disagrees = isAcknowledgment && verdict == AnswerVerdict.Rejected
                && statuses.Any(s => Codes(s).Any(c => Rejects(c.Category)) != s.Is(3, "U") && !s.Bytes(3).IsEmpty);
            yield return new(isAcknowledgment ? AnswerKind.Acknowledgment : AnswerKind.Status, verdict,
                disagrees ? $"{words}. Code and action disagree: it counts as rejected" : words)
            {
                ClaimNumber = Number(claim, isAcknowledgment),
                Reference = isAcknowledgment ? level.Around("2000B")?.Child("2200B")?.Find("TRN")?[2] : null,
                PayerNumber = claim.Find("REF", 1, "1K")?[2],
                FromPayer = speaker?.Is(1, "PR") == true,
                Speaker = speaker?[3] ?? "",
                SaidOn = statuses.Select(s => Day(s[2])).Max(),
                Codes = string.Join(' ', codes.Select(c => $"{c.Category}:{c.Status}{(c.Entity.Length == 0 ? "" : $":{c.Entity}")}")),
                Page = codes.Select(c => MendPages.OfStatus(c.Status, c.Entity)).FirstOrDefault(p => p is not null),
            };
        }
    }

    /// <summary>A 277CA returns CLM01 in TRN02; a 277 has our question's trace there, and CLM01 in REF*EJ.</summary>
    private static string? Number(Loop claim, bool isAcknowledgment)
    {
        var trace = claim.Find("TRN")?[2];
        return isAcknowledgment ? trace : claim.Find("REF", 1, "EJ")?[2] ?? trace;
    }

    /// <summary>A2 accepts, A0 and A1 receive, A3, A6, A7, A8 or the action U reject; A4 and A5 leave it open. One rejection rejects.</summary>
    private static AnswerVerdict OfAcknowledgment(List<Segment> statuses)
    {
        var categories = statuses.SelectMany(Codes).Select(c => c.Category).ToHashSet();
        return statuses.Any(s => s.Is(3, "U")) || categories.Any(Rejects) ? AnswerVerdict.Rejected
            : categories.Overlaps(["A4", "A5"]) ? AnswerVerdict.Open
            : categories.Contains("A2") ? AnswerVerdict.Accepted
            : categories.Overlaps(["A0", "A1"]) ? AnswerVerdict.Received
            : AnswerVerdict.Open;
    }

    /// <summary>F finishes it, unless it went on to another payer; all else leaves it open.</summary>
    private static AnswerVerdict OfStatus(List<Segment> statuses)
    {
        var categories = statuses.SelectMany(Codes).Select(c => c.Category).ToList();
        return categories.Any(Rejects) ? AnswerVerdict.Rejected
            : categories.Any(c => c.StartsWith('F') && c != "F3F") ? AnswerVerdict.Decided
            : categories.Contains("A2") ? AnswerVerdict.Accepted
            : AnswerVerdict.Open;
    }

    private static bool Rejects(string category) => category is "A3" or "A6" or "A7" or "A8";

    private static IEnumerable<(string Category, string Status, string Entity)> Codes(Segment stc) =>
        new[] { 1, 10, 11 }.Where(at => !stc.Bytes(at).IsEmpty).Select(at => (stc[at, 1], stc[at, 2], stc[at, 3]));

    private static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
