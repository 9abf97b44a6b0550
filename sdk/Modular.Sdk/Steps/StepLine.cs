using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Modular.Sdk;

/// <summary>
/// A line of a row's history: a step that was taken or taken back, or something worth noting between steps. The host's change log has the
/// values, this has the words.
/// </summary>
[NotLogged]
public abstract class StepLine
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid RowId { get; init; }

    /// <summary>The version that the row has with it.</summary>
    public required int RowVersion { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string By { get; init; }

    /// <summary>Name of the <see cref="Step{TRow, TState}"/>; null for what is no step, such as a step that was taken back.</summary>
    public string? Step { get; init; }

    /// <summary>The state before, as it is kept: <c>booked</c>.</summary>
    public required string FromState { get; init; }

    /// <summary>The state after.</summary>
    public required string ToState { get; init; }

    /// <summary>What happened, in the office's words; at most 1,000 characters.</summary>
    public required string Said { get; init; }

    /// <summary>One of ok, warn, bad, info or empty.</summary>
    public string Tone { get; init; } = "";

    /// <summary>What the step changed, as it was before, as JSON. Null for what is no step, or was taken back.</summary>
    public string? Before { get; set; }

    /// <summary>What a property of the row was before the step, for a step that has its own way back.</summary>
    /// <param name="property">Name of the property.</param>
    /// <param name="now">Its value now: what it was, when the step did not change it.</param>
    /// <example><code>
    /// var start = lastMove.Was(nameof(Visit.StartsAt), visit.StartsAt);
    /// </code></example>
    public T Was<T>(string property, T now) => Before is null ? now : RowValues.Read(Before, property, now);
}

/// <inheritdoc/>
public sealed class StepLine<TRow> : StepLine;

/// <summary>Maps the history of a row's steps.</summary>
public static class StepsMapping
{
    /// <summary>
    /// The steps of the row are in a table named after it, <c>visit_steps</c>, which a migration of the module makes; sdk/docs/steps.md has it.
    /// </summary>
    /// <param name="row">The row that takes steps.</param>
    /// <param name="history">Its list of them, empty at first; load it with <c>Include</c> where a step is to be taken back.</param>
    /// <example><code>
    /// model.Entity&lt;Referral&gt;().HasSteps(r =&gt; r.History);
    /// </code></example>
    public static void HasSteps<TRow>(this EntityTypeBuilder<TRow> row, Expression<Func<TRow, IEnumerable<StepLine<TRow>>?>> history)
        where TRow : class
    {
        var taken = row.HasMany(history).WithOne().HasForeignKey(s => s.RowId).Metadata.DeclaringEntityType;
        taken.SetTableName($"{Names.Snake(typeof(TRow).Name)}_steps");
        // A line is made with its id: without this it would count as one that is stored already.
        taken.FindProperty(nameof(StepLine.Id))!.ValueGenerated = ValueGenerated.Never;
        taken.FindProperty(nameof(StepLine.Before))!.SetColumnType("jsonb");
    }
}
