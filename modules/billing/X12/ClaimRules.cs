namespace Modular.Billing.X12;

/// <summary>An 837P: <see cref="ClaimSituations"/> on each loop, and who the patient is.</summary>
internal sealed class ClaimRules(Action<Problem> report) : SetRules
{
    private int ownClaims;
    private int dependents;

    public override void OnLoop(Loop loop)
    {
        foreach (var situation in ClaimSituations.ByLoop[loop.Id])
        {
            foreach (var problem in situation.Problems(loop))
            {
                report(problem);
            }
        }

        switch (loop.Id)
        {
            case "2300" when loop.Parent!.Id == "2000B":
                ownClaims++;
                break;
            case "2000C":
                dependents++;
                break;
            case "2000B":
                JudgePatient(loop);
                (ownClaims, dependents) = (0, 0);
                break;
            default:
                break;
        }
    }

    /// <summary>SBR02 18: the subscriber is the patient and has the claims; without it a patient level has them (section 2, 2000B SBR02, 2000C
    /// HL).</summary>
    private void JudgePatient(Loop subscriber)
    {
        if (subscriber.Find("SBR") is not { } sbr)
        {
            return;
        }

        var isPatient = sbr.Is(2, "18");
        if (isPatient && dependents > 0)
        {
            Tell("837P-2000B-SBR02", "SBR02 18 says that the subscriber is the patient, but a patient level (HL 23) follows.");
        }
        else if (!isPatient && ownClaims > 0)
        {
            Tell("837P-2000B-SBR02",
                "A claim stands under the subscriber, so SBR02 must be 18; for another patient the claim stands under a level HL 23.");
        }
        else if (ownClaims + dependents == 0)
        {
            Tell("837P-2000B-claim", "The subscriber has neither a claim nor a patient level.");
        }

        // Needed of a patient (section 2, 2010BA N3, N4, DMG).
        if (isPatient && subscriber.Child("2010BA") is { } name && (name.Find("N3") is null || name.Find("N4") is null || name.Find("DMG") is null))
        {
            report(Problem.At(name.Segments[0], ProblemLevel.Structure, "837P-2010BA-patient",
                "The subscriber is the patient: address (N3, N4) and birth date (DMG) are needed.",
                loop: "2010BA"));
        }

        void Tell(string code, string sentence) => report(Problem.At(sbr, ProblemLevel.Structure, code, sentence, 2, loop: "2000B"));
    }
}
