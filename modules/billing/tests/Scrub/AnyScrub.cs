using Modular.Billing.Codes;
using Modular.Billing.Encounters;
using Modular.Billing.Payers;
using Modular.Billing.Reactions;
using Modular.Billing.Scrub;

namespace Modular.Tests.Billing.Scrub;

/// <summary>A claim in which nothing is wrong, to change one thing of it. Codes are made up, or public ones of HCPCS and ICD-10-CM.</summary>
internal static class AnyScrub
{
    public static readonly DateOnly Day = new(2026, 6, 10);

    public static ChargeLine Line(int position, string code, string modifiers = "", decimal units = 1, DateOnly? on = null, string? ndc = null) => new()
    {
        Position = position, Code = code, Name = code, ServiceOn = on ?? Day, Units = units, Price = 10, Amount = 10 * units, Pointers = [1], Ndc = ndc,
        Modifiers = modifiers.Split(' ', StringSplitOptions.RemoveEmptyEntries),
    };

    public static ScrubClaim Claim(params ChargeLine[] lines) => Claim("11", ["I10"], lines);

    public static ScrubClaim Claim(string place, string[] diagnoses, params ChargeLine[] lines)
    {
        var encounter = new Encounter
        {
            LocationId = Guid.NewGuid(), Zone = "America/New_York", PatientId = Guid.NewGuid(), PatientName = "Vale, Ada", Source = "form", ServiceFrom = Day, ServiceTo = Day,
            What = "Visit", PlaceOfService = place, DueOn = Day, EntityId = Guid.NewGuid(), ReferringNpi = "1234567893", Referring = "Dr. Amsel",
        };
        encounter.By(Guid.NewGuid(), "Dr. Vale");
        encounter.Lines.AddRange(lines.Length > 0 ? lines : [Line(1, "G0463")]);
        encounter.Diagnoses.AddRange(diagnoses.Select((d, i) => new Diagnosis { EncounterId = encounter.Id, Position = i + 1, Code = d, Name = d }));
        return new()
        {
            Encounter = encounter, Lines = encounter.Lines, Diagnoses = diagnoses, BirthDate = new(1980, 1, 1), Sex = "F", PatientZip = "43004",
            Coverage = Coverage(), HasCoverage = true, FilingCode = "CI", Rule = new() { Source = "contract", ValidFrom = new(2020, 1, 1), FilingCount = 365 },
            RenderingNpi = "1234567893", BillingZip = "430041234", HasBillingAddress = true, Clia = "22D1234567", Today = Day.AddDays(2),
        };
    }

    public static KnownCoverage Coverage(string member = "M1", DateOnly? to = null) => new()
    {
        Id = Guid.NewGuid(), PatientId = Guid.NewGuid(), Line = "medical", Rank = 1, PayerId = Guid.NewGuid(), Payer = "Blue Heron Health", MemberId = member,
        Relationship = "self", SubscriberLast = "Vale", EffectiveFrom = new(2020, 1, 1), EffectiveTo = to,
    };

    public static ScrubClaim Medicare(this ScrubClaim claim) => claim with { FilingCode = "MB", Coverage = Coverage("1EG4TE5MK73") };

    public static ScrubTables Tables(
        IEnumerable<NcciPair>? pairs = null, IEnumerable<UnitLimit>? limits = null, (string Code, string Days)[]? globals = null, (CodeOnDay, CodeValidity)[]? codes = null, OwnRule[]? own = null) => new()
        {
            Codes = (codes ?? []).ToDictionary(c => c.Item1, c => c.Item2),
            Pairs = (pairs ?? []).ToLookup(p => (p.Column1, p.Column2)),
            Limits = (limits ?? []).ToLookup(l => l.Code),
            Values = (globals ?? []).Select(g => Value(g.Code, g.Days)).ToLookup(v => v.Code),
            OwnRules = own ?? [],
        };

    private static RelativeValue Value(string code, string days) => new()
    {
        Code = code, Modifier = "", Status = "A", Pctc = "0", GlobalDays = days, Multiple = "0", Bilateral = "0", Assistant = "0", Cosurgeon = "0", Team = "0", ValidFrom = new(2020, 1, 1),
    };

    public static NcciPair Pair(string first, string second, string modifier, DateOnly? to = null) =>
        new() { Column1 = first, Column2 = second, Modifier = modifier, Rationale = "Standards of practice", ListedFrom = new(2020, 1, 1), ValidFrom = new(2020, 1, 1), ValidTo = to };

    public static UnitLimit Limit(string code, int units, string adjudication) =>
        new() { Code = code, Units = units, Adjudication = adjudication, Rationale = "Nature of service", ValidFrom = new(2020, 1, 1) };

    /// <summary>The rules that find something, with their severity, in order: <c>ncci-pair!</c> is an error, <c>ncci-pair?</c> a warning.</summary>
    public static string Found(this ScrubClaim claim, ScrubTables? tables = null) => string.Join(' ',
        ScrubRules.Judge(claim, tables ?? Tables()).Select(f => f.Rule + f.Severity switch { Severity.Error => "!", Severity.Warning => "?", _ => "~" }));
}
