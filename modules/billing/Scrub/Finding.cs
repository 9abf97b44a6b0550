namespace Modular.Billing.Scrub;

/// <summary>How much a finding weighs.</summary>
public enum Severity
{
    /// <summary>The claim goes out; somebody should look.</summary>
    Warning,

    /// <summary>The claim would be rejected or denied: it stays out of every queue until this is mended or overridden.</summary>
    Error,

    /// <summary>An error until the patient has signed an Advance Beneficiary Notice, or it is said that none was signed.</summary>
    Notice,
}

/// <summary>Something that is wrong with the charges of an encounter, or may be.</summary>
/// <param name="Rule">Which rule found it: short, never changed, such as <c>ncci-pair</c>; <c>own-</c> and an id for a rule of the practice.</param>
/// <param name="Sentence">What is wrong and what to do about it, in one or two sentences.</param>
/// <param name="Field">The field of the superbill to mend it in, such as <c>Lines[0].Modifiers</c>; empty where it is mended elsewhere.</param>
/// <param name="LineId">The line that it is about; null where it is about the whole encounter.</param>
/// <param name="Page">Where it is mended when that is not the superbill: an address of this site.</param>
public sealed record Finding(string Rule, Severity Severity, string Sentence, string Field = "", Guid? LineId = null, string? Page = null)
{
    /// <summary>Why somebody with the right to let it pass did so; null while nobody did.</summary>
    public string? Overridden { get; init; }

    /// <summary>It keeps the claim out of every queue.</summary>
    public bool Stops => Severity is not Severity.Warning && Overridden is null;

    /// <summary>The element's id on the superbill, as the form writes it.</summary>
    public string Anchor => string.Concat(Field.Select(c => c is '[' or ']' or '.' ? '_' : c));
}
