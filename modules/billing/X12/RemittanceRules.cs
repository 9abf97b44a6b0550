namespace Modular.Billing.X12;

/// <summary>The three sums of an 835 (005010X221A1 section 1.10.2.1): line, claim, check; and what its parts demand of each other.</summary>
internal sealed class RemittanceRules(Action<Problem> report) : SetRules
{
    private decimal claims;
    private decimal provider;

    public override void OnSegment(Segment segment, Loop loop)
    {
        if (segment.Id == "PLB")
        {
            for (var i = 4; i <= 14; i += 2)
            {
                provider += segment.Amount(i);
            }
        }
    }

    public override void OnLoop(Loop loop)
    {
        switch (loop.Id)
        {
            case "2110":
                JudgeLine(loop);
                break;
            case "2100":
                JudgeClaim(loop);
                break;
            case "835":
                JudgeCheck(loop);
                break;
            default:
                break;
        }
    }

    private void JudgeLine(Loop line)
    {
        var svc = line.Segments[0];
        var (charge, adjusted, paid) = (svc.Amount(2), Adjustments.Sum(line), svc.Amount(3));
        if (line.Whole && charge - adjusted != paid)
        {
            Tell(line, svc, ProblemLevel.Balance, "835-line-balance",
                $"The line does not balance: charge {Money(charge)} less adjustments {Money(adjusted)} is {Money(charge - adjusted)}, " +
                $"but {Money(paid)} is paid (SVC03).", 3);
        }

        JudgeGroups(line);
    }

    private void JudgeClaim(Loop claim)
    {
        var clp = claim.Segments[0];
        var (charge, paid) = (clp.Amount(3), clp.Amount(4));
        claims += paid;
        var own = Adjustments.Sum(claim);
        var (adjusted, charged, patient) = (own, 0m, Patient(claim));
        var lines = 0;
        foreach (var line in claim.Loops)
        {
            adjusted += Adjustments.Sum(line);
            charged += line.Segments[0].Amount(2);
            patient += Patient(line);
            lines++;
        }

        if (!claim.Whole)
        {
            return;
        }

        if (charge - adjusted != paid)
        {
            Tell(claim, clp, ProblemLevel.Balance, "835-claim-balance",
                $"Claim {clp[1]} does not balance: charge {Money(charge)} less adjustments {Money(adjusted)} is {Money(charge - adjusted)}, " +
                $"but {Money(paid)} is paid (CLP04).", 4);
        }

        if (lines > 0 && charged != charge)
        {
            Tell(claim, clp, ProblemLevel.Balance, "835-claim-charge",
                $"The lines of claim {clp[1]} charge {Money(charged)}, the claim {Money(charge)} (CLP03).", 3);
        }

        // CLP05 is information (section 2, CLP05), and a reversal leaves it out.
        if (!clp.Is(2, "22") && clp.Amount(5) != patient)
        {
            Tell(claim, clp, ProblemLevel.Balance, "835-patient-amount",
                $"Claim {clp[1]} gives {Money(clp.Amount(5))} as the patient's part (CLP05), but its PR adjustments are {Money(patient)}.", 5,
                Severity.Warning);
        }

        JudgeGroups(claim);
    }

    private void JudgeCheck(Loop set)
    {
        if (set.Find("BPR") is not { } bpr)
        {
            return;
        }

        var (paid, expected) = (bpr.Amount(2), claims - provider);
        if (paid != expected)
        {
            Tell(set, bpr, ProblemLevel.Balance, "835-check-balance",
                $"The check does not balance: claims {Money(claims)} less provider adjustments {Money(provider)} is {Money(expected)}, " +
                $"but {Money(paid)} is paid (BPR02); the difference is {Money(paid - expected)}.", 2);
        }

        if (paid < 0)
        {
            Tell(set, bpr, ProblemLevel.Balance, "835-negative-payment",
                $"BPR02 is {Money(paid)}: a payment is never negative; what is owed back goes forward as PLB FB.", 2);
        }

        if ((paid == 0) != bpr.Is(4, "NON"))
        {
            Tell(set, bpr, ProblemLevel.Structure, "835-method", paid == 0
                ? $"Nothing is paid (BPR02 is 0), but BPR04 is \"{bpr[4]}\" instead of NON."
                : $"BPR04 is NON (no payment), but BPR02 is {Money(paid)}.", 4, Severity.Warning);
        }
    }

    /// <summary>All reasons of one group stand in one CAS until it is full (section 2, CAS).</summary>
    private void JudgeGroups(Loop loop)
    {
        Segment? before = null;
        foreach (var segment in loop.Segments)
        {
            if (segment.Id == "CAS" && before is not null && segment.Is(1, before[1]) && before.Bytes(17).IsEmpty)
            {
                Tell(loop, segment, ProblemLevel.Structure, "CAS-group",
                    $"The group {segment[1]} has a second CAS, although the first one has room.", 1, Severity.Warning);
            }

            before = segment.Id == "CAS" ? segment : before;
        }
    }

    private static decimal Patient(Loop loop)
    {
        var sum = 0m;
        foreach (var segment in loop.Segments)
        {
            var last = segment.Id == "CAS" && segment.Is(1, "PR") ? Math.Min(18, segment.Count) : 0;
            for (var i = 3; i <= last; i += 3)
            {
                sum += segment.Amount(i);
            }
        }

        return sum;
    }

    private void Tell(Loop loop, Segment at, ProblemLevel level, string code, string sentence, int element, Severity severity = Severity.Error) =>
        report(Problem.At(at, level, code, sentence, element, loop: loop.Id, severity: severity));

    private static string Money(decimal amount) => Adjustments.Money(amount);
}
