namespace Modular.Sdk;

/// <summary>What the rule of a step answers: refused with a sentence, or taken with what the history says of it.</summary>
public sealed class StepOutcome
{
    private StepOutcome()
    {
    }

    internal string? Refusal { get; private init; }

    internal string Said { get; private init; } = "";

    internal string Tone { get; private init; } = "";

    internal Enum? To { get; private init; }

    /// <summary>Not taken; whatever the rule changed before is put back.</summary>
    /// <param name="sentence">Why, for the person who wanted it.</param>
    public static StepOutcome Refused(string sentence) => new() { Refusal = sentence };

    /// <param name="said">What happened, for the history.</param>
    /// <param name="tone">One of ok, warn, bad, info or empty.</param>
    /// <param name="to">Which of the step's states, when it has several.</param>
    public static StepOutcome Taken(string said, string tone = "", Enum? to = null) => new() { Said = said, Tone = tone, To = to };
}

/// <summary>
/// Thrown by what is written with a step (<c>before:</c>, <c>after:</c>) when it cannot be: the step is not taken either, nothing is saved, and
/// the person is told why.
/// </summary>
public sealed class StepRefusedException(string sentence) : Exception(sentence);

/// <summary>What became of a step that somebody wanted.</summary>
/// <param name="Refusal">Why it was not taken; null when it was.</param>
/// <param name="Outdated">The row is not what the person saw: they look again.</param>
public sealed record StepResult(string? Refusal = null, bool Outdated = false)
{
    public bool Taken => Refusal is null;
}
