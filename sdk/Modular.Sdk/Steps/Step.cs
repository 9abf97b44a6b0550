namespace Modular.Sdk;

/// <summary>
/// A step that a row may take: from which states, to which, who may, and what is said when it cannot be taken.
/// Made by <see cref="Steps{TRow, TState}.From"/>.
/// </summary>
public sealed class Step<TRow, TState> where TRow : class, IVersioned where TState : struct, Enum
{
    private readonly Steps<TRow, TState> steps;
    private readonly Func<TRow, string> says;

    internal Step(Steps<TRow, TState> steps, string name, TState[] from, TState[] to, string needs, Func<TRow, string> says, bool canBeTakenBack) =>
        (this.steps, Name, From, To, Needs, this.says, CanBeTakenBack) = (steps, name, from, to, needs, says, canBeTakenBack);

    internal Steps<TRow, TState> Of => steps;

    /// <summary>A verb, as the history keeps it: <c>close</c>.</summary>
    public string Name { get; }

    public IReadOnlyList<TState> From { get; }

    /// <summary>Where it leads; of several, the rule says which. Empty: the row stays in its state.</summary>
    public IReadOnlyList<TState> To { get; }

    /// <summary>The permission to take it, and to take it back.</summary>
    public string Needs { get; }

    public bool CanBeTakenBack { get; }

    /// <summary>Why it cannot follow on the state the row is in; null when it may, and what its rule adds is known when it is taken.</summary>
    public string? Refusal(TRow row) => From.Contains(steps.StateOf(row)) ? null : says(row);

    /// <summary>Takes it, in memory: the row goes on and its history has one line more. Rules and demo data need no database.</summary>
    /// <param name="row">What goes a step on.</param>
    /// <param name="at">When.</param>
    /// <param name="by">Who, as the history says it.</param>
    /// <param name="rule">Says why it cannot be taken, or changes the row and says what happened; the state is set after it.</param>
    /// <returns>Why it was not taken; null when it was.</returns>
    public string? Take(TRow row, DateTimeOffset at, string by, Func<TRow, StepOutcome> rule)
    {
        if (Refusal(row) is { } early)
        {
            return early;
        }

        var (before, from) = (RowValues<TRow>.Of(row), steps.StateOf(row));
        var outcome = rule(row);
        if (outcome.Refusal is { } sentence)
        {
            before.PutBack(row);
            return sentence;
        }

        var to = outcome.To is not null ? (TState)outcome.To : To.Count == 0 ? from : To[0];
        if (!(To.Count == 0 ? to.Equals(from) : To.Contains(to)))
        {
            throw new InvalidOperationException($"The step “{Name}” does not lead to {to}.");
        }

        steps.SetState(row, to);
        steps.Write(row, at, by, outcome.Said, outcome.Tone, from, this, before.WhatChanged(row));
        return null;
    }
}
