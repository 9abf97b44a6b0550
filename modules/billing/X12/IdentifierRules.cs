namespace Modular.Billing.X12;

/// <summary>What is looked at in every guide: check digits of NPIs (published examples fail them, so they are warned of), and answers that
/// contradict themselves.</summary>
internal sealed class IdentifierRules(Action<Problem> report) : SetRules
{
    public override void OnSegment(Segment segment, Loop loop)
    {
        var at = segment.Id switch { "NM1" when segment.Is(8, "XX") => 9, "N1" when segment.Is(3, "XX") => 4, _ => 0 };
        if (at > 0 && segment[at] is { Length: > 0 } npi && !Npi.IsValid(npi))
        {
            report(Problem.At(segment, ProblemLevel.Codes, "npi",
                $"{SegmentChecks.Name(segment, at)} \"{npi}\" is no valid NPI: its check digit is wrong (45 CFR 162.406).", at,
                loop: loop.Id, severity: Severity.Warning));
        }

        // 277CA (005010X214 section 2, STC): the category and the act say the same of a claim.
        if (segment.Id == "STC" && segment[3] is ("U" or "WQ") and var act && segment[1, 1] is { Length: 2 } category && category[0] == 'A'
            && (category is "A3" or "A6" or "A7" or "A8") != (act == "U"))
        {
            report(Problem.At(segment, ProblemLevel.Structure, "STC03",
                $"STC01 says {category} and STC03 says {act}: one accepts and the other rejects.", 3, loop: loop.Id,
                severity: Severity.Warning));
        }
    }
}
