namespace Modular.Billing.X12;

/// <summary>The elements of ISA, GS, ST and TA1 (005010 appendix C.1).</summary>
internal static class EnvelopeHeaders
{
    private static readonly string[] Qualifiers =
    [
        "01", "02", "03", "04", "07", "08", "09", "10", "11", "12", "13", "14", "15", "16", "17", "18", "19", "20", "21", "22", "23", "24", "25",
        "26", "27", "28", "29", "30",
        "31", "32", "33", "34", "35", "36", "37", "38", "AM", "NR", "SA", "SN", "ZZ",
    ];

    /// <summary>TA105, 000 to 031 (X12 I18).</summary>
    private const int HighestNote = 31;

    public static void JudgeIsa(Segment isa, Action<Problem> report)
    {
        void Tell(string code, string sentence, int element = 0, Severity severity = Severity.Error) =>
            report(Problem.At(isa, ProblemLevel.Envelope, code, sentence, element, severity: severity));

        if (isa.Content.Length + 1 != Delimiters.HeaderLength)
        {
            Tell("ISA-length", $"The ISA has {isa.Content.Length + 1} characters instead of 106; its delimiters were found by counting.");
        }

        var version = isa[12];
        if (string.CompareOrdinal(version, "00402") < 0)
        {
            Tell("version-4010",
                $"ISA12 is {version}: this is an old version (4010), which 5010 replaced on 2012-01-01; it is read, but not judged by its own guide.", 12,
                Severity.Warning);
        }
        else if (version != "00501")
        {
            Tell("ISA12", $"ISA12 is \"{version}\"; the guides of 5010 ask for 00501.", 12);
        }
        else if (isa.Delimiters.Repetition == 0)
        {
            Tell("ISA11", $"ISA11 is \"{isa[11]}\", which cannot be a repetition separator; nothing repeats in this interchange.", 11,
                Severity.Warning);
        }

        JudgeCode(isa, 1, ["00", "03"], Tell);
        JudgeCode(isa, 3, ["00", "01"], Tell);
        JudgeCode(isa, 5, Qualifiers, Tell);
        JudgeCode(isa, 7, Qualifiers, Tell);
        JudgeCode(isa, 14, ["0", "1"], Tell);
        JudgeCode(isa, 15, ["P", "T"], Tell);
        if (!ElementChecks.IsDate(isa.Bytes(9)) || isa.Bytes(9).Length != 6)
        {
            Tell("ISA09", $"ISA09 \"{isa[9]}\" is no date (YYMMDD).", 9);
        }

        if (!ElementChecks.IsTime(isa.Bytes(10)) || isa.Bytes(10).Length != 4)
        {
            Tell("ISA10", $"ISA10 \"{isa[10]}\" is no time (HHMM).", 10);
        }

        if (isa.Bytes(13).Length != 9 || isa.Bytes(13).ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            Tell("ISA13", $"ISA13 \"{isa[13]}\" is no control number of nine digits.", 13);
        }
    }

    public static void JudgeGs(Segment gs, Action<Problem> report)
    {
        if (gs[7] != "X")
        {
            report(Problem.At(gs, ProblemLevel.Envelope, "GS07", $"GS07 is \"{gs[7]}\" instead of X.", 7));
        }

        for (var element = 1; element <= 8; element++)
        {
            if (gs.Bytes(element).IsEmpty)
            {
                report(Problem.At(gs, ProblemLevel.Envelope, "element-required", $"GS0{element} is required and empty.", element));
            }
        }
    }

    public static void JudgeSt(TransactionSet set, Action<Problem> report)
    {
        void Tell(string code, string sentence, int element, Severity severity = Severity.Error) =>
            report(Problem.At(set.St, ProblemLevel.Envelope, code, sentence, element, severity: severity));

        var version = set.Group.Version;
        if (Guides.IsOld(version))
        {
            Tell("version-4010",
                $"The {set.Type} is of version 4010 ({version}), which 5010 replaced on 2012-01-01: its envelope and sums are judged, not its segments.",
                3, Severity.Warning);
        }
        else if (set.Guide is null)
        {
            Tell("guide-unknown",
                $"No guide is known here for a {(set.Type.Length > 0 ? set.Type : "set")} of version \"{version}\": only its envelope is judged.",
                1, Severity.Warning);
        }

        if (set.Guide is { } guide && set.Group.Gs[1] != guide.Group)
        {
            Tell("GS01", $"GS01 is \"{set.Group.Gs[1]}\"; a {guide.Type} travels in a group {guide.Group}.", 1);
        }

        // The 835 has no ST03 (005010X221A1 section 2, ST).
        if (set.Guide is not null && !Guides.IsOld(version) && set.Type != "835" && set.St[3].Length > 0 && set.St[3] != version)
        {
            Tell("ST03-GS08", $"ST03 is \"{set.St[3]}\", but GS08 is \"{version}\": they must be the same.", 3);
        }
    }

    public static void JudgeTa1(Segment ta1, Action<Problem> report)
    {
        JudgeCode(ta1, 4, ["A", "E", "R"], (code, sentence, element, severity) => report(Problem.At(ta1, ProblemLevel.Envelope, code, sentence,
            element, severity: severity)));
        if (ta1.Bytes(5).Length != 3 || !int.TryParse(ta1.Bytes(5), out var note) || note is < 0 or > HighestNote)
        {
            report(Problem.At(ta1, ProblemLevel.Codes, "code", $"TA105 is \"{ta1[5]}\", which is no note code (000 to 031).", 5));
        }
    }

    private delegate void Teller(string code, string sentence, int element = 0, Severity severity = Severity.Error);

    private static void JudgeCode(Segment segment, int element, string[] codes, Teller tell)
    {
        if (!codes.Contains(segment[element]))
        {
            var name = SegmentChecks.Name(segment, element);
            tell(name,
                $"{name} is \"{segment[element]}\", which is none of its codes ({(codes.Length > 12 ? "01 to 38, AM, NR, SA, SN, ZZ" : string.Join(", ", codes))}).", element);
        }
    }
}
