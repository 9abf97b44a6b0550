namespace Modular.Billing.Answers;

/// <summary>
/// Codes of answers in our own words. The lists themselves belong to X12 and are not shipped: a code that is not here is named by its number.
/// </summary>
public static class AnswerWords
{
    private static readonly Dictionary<string, string> Categories = new()
    {
        ["A0"] = "Passed on to another", ["A1"] = "Received", ["A2"] = "Accepted for a decision", ["A3"] = "Returned as not processable",
        ["A4"] = "Not found", ["A5"] = "Split into several claims", ["A6"] = "Rejected: information is missing",
        ["A7"] = "Rejected: information is wrong", ["A8"] = "Rejected: parts do not fit together",
        ["D0"] = "The payer cannot find the claim", ["E0"] = "The question had an error", ["E1"] = "The answering system is down",
        ["E2"] = "The payer's system is down", ["E3"] = "The question had errors", ["E4"] = "The payer could not be reached",
        ["F0"] = "Decided", ["F1"] = "Decided: paid", ["F2"] = "Decided: denied", ["F3"] = "Decided: revised",
        ["F3F"] = "Decided and forwarded to another payer", ["F3N"] = "Decided and not forwarded", ["F4"] = "Decided: no payment follows",
        ["P0"] = "Pending", ["P1"] = "Pending: in process", ["P2"] = "Pending: under review", ["P3"] = "Pending: the payer asked for something",
        ["P4"] = "Pending: the patient was asked for something", ["P5"] = "Pending: kept back for administrative reasons",
    };

    private static readonly Dictionary<string, string> Statuses = new()
    {
        ["3"] = "decided, and waits for the payment run", ["16"] = "forwarded", ["19"] = "receipt is confirmed", ["20"] = "taken for processing",
        ["21"] = "information is missing or wrong", ["33"] = "subscriber and policy number were not found", ["35"] = "the claim was not found",
        ["54"] = "a duplicate of a claim that was processed", ["78"] = "a duplicate of a claim in process", ["85"] = "another payer pays first",
        ["88"] = "not eligible on the days of service", ["97"] = "the patient is not known as insured", ["107"] = "decided as the contract says",
        ["116"] = "sent to the wrong payer", ["126"] = "address", ["128"] = "tax id", ["145"] = "specialty (taxonomy)", ["158"] = "date of birth",
        ["164"] = "member number", ["178"] = "submitted charge", ["187"] = "dates of service", ["247"] = "service line", ["249"] = "place of service",
        ["254"] = "principal diagnosis", ["255"] = "diagnosis", ["400"] = "amounts do not add up", ["453"] = "modifiers", ["454"] = "procedure code",
        ["464"] = "payer's number of the claim", ["476"] = "units", ["500"] = "ZIP code", ["503"] = "street", ["504"] = "last name",
        ["505"] = "first name", ["507"] = "HCPCS code", ["535"] = "frequency code of the claim", ["562"] = "NPI",
    };

    private static readonly Dictionary<string, string> Entities = new()
    {
        ["85"] = "billing provider", ["82"] = "rendering provider", ["87"] = "pay-to provider", ["77"] = "place of service", ["41"] = "submitter",
        ["40"] = "receiver", ["DN"] = "referring provider", ["DK"] = "ordering provider", ["DQ"] = "supervising provider", ["QC"] = "patient",
        ["IL"] = "subscriber", ["PR"] = "payer", ["AY"] = "clearing house", ["1P"] = "provider",
    };

    private static readonly Dictionary<string, string> Segments = new()
    {
        ["1"] = "is not known", ["2"] = "is not expected", ["3"] = "is missing", ["4"] = "is in a loop that comes too often", ["5"] = "comes too often",
        ["6"] = "does not belong in a claim", ["7"] = "stands in the wrong place", ["8"] = "has wrong elements", ["I4"] = "is not used",
        ["I6"] = "is missing, as other parts demand it", ["I7"] = "is in a loop that comes too seldom", ["I8"] = "comes too seldom",
        ["I9"] = "is not used, as other parts say",
    };

    private static readonly Dictionary<string, string> Elements = new()
    {
        ["1"] = "is missing", ["2"] = "is missing, as other elements demand it", ["3"] = "is one too many", ["4"] = "is too short",
        ["5"] = "is too long", ["6"] = "has a letter that is not allowed", ["7"] = "has a wrong code", ["8"] = "has a wrong date",
        ["9"] = "has a wrong time", ["10"] = "excludes another", ["12"] = "repeats too often", ["13"] = "has too many parts",
        ["I6"] = "has a code that is not used", ["I9"] = "is missing, as other elements demand it", ["I10"] = "is not used",
        ["I11"] = "repeats too seldom", ["I12"] = "does not have the right form", ["I13"] = "is not used, as other elements say",
    };

    private static readonly Dictionary<string, string> Notes = new()
    {
        ["001"] = "the control numbers at begin and end differ", ["006"] = "the sender is not known", ["008"] = "the receiver is not known",
        ["018"] = "the control number is wrong", ["021"] = "the number of groups is wrong", ["023"] = "the end of the file is missing",
        ["024"] = "the content is wrong", ["025"] = "the control number was used before",
    };

    /// <summary>"Rejected: information is wrong: NPI (billing provider)".</summary>
    public static string Status(string category, string status, string entity)
    {
        var what = Statuses.GetValueOrDefault(status, $"status {status}");
        var whose = entity.Length == 0 ? "" : $" ({Entities.GetValueOrDefault(entity, entity)})";
        return $"{Categories.GetValueOrDefault(category, $"Category {category}")}: {what}{whose}";
    }

    /// <summary>"NM1 in loop 2010BB is missing".</summary>
    public static string Segment(string segment, string loop, string position, string code) =>
        $"{segment} {(loop.Length == 0 ? $"(segment {position} of the set)" : $"in loop {loop}")} {Segments.GetValueOrDefault(code, $"is wrong (reason {code})")}";

    /// <summary>"NM109 in loop 2010BA is too long".</summary>
    public static string Element(string segment, string loop, string element, string component, string code) =>
        $"{segment}{element.PadLeft(2, '0')}{(component.Length == 0 ? "" : $"-{component}")}{(loop.Length == 0 ? "" : $" in loop {loop}")} "
        + Elements.GetValueOrDefault(code, $"is wrong (reason {code})");

    /// <summary>Why a whole file was refused.</summary>
    public static string Interchange(string note) => Notes.GetValueOrDefault(note, $"note {note}");
}
