using Modular.Billing.Codes;
using Modular.Sdk;

namespace Modular.Billing.Scrub;

/// <summary>Whether each code may stand on a claim of its day, and fits the patient.</summary>
internal static class CodeRules
{
    public static IEnumerable<Finding> Find(ScrubClaim c, ScrubTables tables)
    {
        foreach (var (i, diagnosis) in c.Diagnoses.Index())
        {
            if (Invalid(tables.Of(CodeSystems.Diagnosis, diagnosis, c.Encounter.ServiceFrom)) is { } why)
            {
                yield return new("diagnosis-code", Severity.Error,
                    $"Diagnosis {(char)('A' + i)}, {CodeSystems.Show(CodeSystems.Diagnosis, diagnosis)}, {why}.", $"Diagnoses[{i}]");
            }

            foreach (var limit in PatientLimits.Of(diagnosis, c.Encounter.ServiceFrom))
            {
                if (limit.Fault(c) is { } fault)
                {
                    yield return new("age-sex", limit.IsCertain ? Severity.Error : Severity.Warning,
                        $"Diagnosis {(char)('A' + i)}, {CodeSystems.Show(CodeSystems.Diagnosis, diagnosis)}, {fault}.", $"Diagnoses[{i}]");
                }
            }
        }

        foreach (var line in c.Lines)
        {
            if (Invalid(tables.Of(CodeSystems.OfService(line.Code), line.Code, line.ServiceOn)) is { } why)
            {
                yield return new("service-code", Severity.Error, $"{ScrubClaim.Of(line)} the code {why} on {Said.ShortDay(line.ServiceOn)}.", ScrubClaim.Field(line, "Code"), line.Id);
            }

            foreach (var limit in PatientLimits.Of(line.Code, line.ServiceOn))
            {
                if (limit.Fault(c) is { } fault)
                {
                    yield return new("age-sex", limit.IsCertain ? Severity.Error : Severity.Warning, $"{ScrubClaim.Of(line)} the code {fault}.", ScrubClaim.Field(line, "Code"), line.Id);
                }
            }

            foreach (var modifier in line.Modifiers)
            {
                if (tables.Of(CodeSystems.Modifier, modifier, line.ServiceOn) is CodeValidity.Unknown or CodeValidity.NotOnDay)
                {
                    yield return new("modifier-code", Severity.Error, $"{ScrubClaim.Of(line)} {modifier} is no modifier of that day.", ScrubClaim.Field(line, "Modifiers"), line.Id);
                }
            }
        }
    }

    private static string? Invalid(CodeValidity validity) => validity switch
    {
        CodeValidity.Heading => "is a heading: choose a code below it",
        CodeValidity.NotOnDay => "is not valid",
        CodeValidity.Unknown => "is not in the code set",
        _ => null, // A set that nobody loaded says nothing.
    };
}
