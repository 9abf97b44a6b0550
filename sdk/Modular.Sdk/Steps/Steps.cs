using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;

namespace Modular.Sdk;

/// <summary>
/// The states of a kind of row and the steps between them, declared once: pages, handlers, demo data and tests take the same steps. Each is
/// written into the row's history with who and when, and most can be taken back, one after the other, to the first.
/// </summary>
/// <example><code>
/// public static class SampleSteps
/// {
///     public static readonly Steps&lt;Sample, SampleState&gt; All = new("sample", s =&gt; s.State, s =&gt; s.History);
///
///     public static readonly Step&lt;Sample, SampleState&gt; Send = All.From(SampleState.Taken)
///         .To(SampleState.Sent, "send", needs: LabPermissions.Send, says: s =&gt; $"{s.Name} is already {s.State.Title().ToLowerInvariant()}.");
/// }
/// </code></example>
public sealed class Steps<TRow, TState> where TRow : class, IVersioned where TState : struct, Enum
{
    private const int MaxSaid = 1000;

    private readonly PropertyInfo state;
    private readonly Func<TRow, TState> read;
    private readonly Func<TRow, List<StepLine<TRow>>> history;
    private readonly Func<TRow, string> about;
    private readonly List<Step<TRow, TState>> all = [];

    /// <param name="noun">What people call such a row: <c>visit</c>.</param>
    /// <param name="state">Where it stands; a property with a setter, which may be private.</param>
    /// <param name="history">What happened to it.</param>
    /// <param name="about">Of whom or what the row is, where a sentence says what state it is in by now; “it” when left out.</param>
    public Steps(string noun, Expression<Func<TRow, TState>> state, Func<TRow, List<StepLine<TRow>>> history, Func<TRow, string>? about = null)
    {
        this.state = state.Body is MemberExpression { Member: PropertyInfo { CanWrite: true } property }
            ? property : throw new ArgumentException("Name a property that can be set, such as s => s.State.", nameof(state));
        (Noun, read, this.history, this.about) = (noun, state.Compile(), history, about ?? (_ => "it"));
    }

    /// <summary>What people call such a row.</summary>
    public string Noun { get; }

    /// <summary>Every step, in the order of their declaration.</summary>
    public IReadOnlyList<Step<TRow, TState>> All => all;

    /// <summary>Begins a step.</summary>
    public Beginning From(params TState[] states) => new(this, states);

    /// <summary>The step that would be taken back now; null when there is none.</summary>
    /// <param name="row">With its history loaded.</param>
    public Step<TRow, TState>? ToTakeBack(TRow row) => LastOf(row) is { } last ? all.First(s => s.Name == last.Step) : null;

    /// <summary>A line between steps, which cannot be taken back: the row was moved, somebody looks after it.</summary>
    /// <param name="at">When.</param>
    /// <param name="by">Who, as the history says it.</param>
    /// <param name="said">What happened; at most 1,000 characters are kept.</param>
    /// <param name="tone">One of ok, warn, bad, info or empty.</param>
    public void Note(TRow row, DateTimeOffset at, string by, string said, string tone = "") => Write(row, at, by, said, tone, read(row), null, null);

    /// <summary>Takes the last step back: what it changed is as it was before.</summary>
    /// <param name="row">With its history loaded.</param>
    /// <param name="at">When.</param>
    /// <param name="by">Who.</param>
    /// <returns>Why it cannot be taken back; null when it was.</returns>
    public string? TakeBack(TRow row, DateTimeOffset at, string by)
    {
        if (LastOf(row) is not { } last)
        {
            return $"This {Noun} has taken no step that could be taken back.";
        }

        var from = read(row);
        RowValues<TRow>.PutBack(row, last.Before!);
        last.Before = null;
        Write(row, at, by, $"Taken back: {last.Said}", "", from, null, null);
        return null;
    }

    /// <summary>
    /// Takes a step for whoever asks, in one transaction with its history and with what <paramref name="before"/> and <paramref name="after"/>
    /// write: who may not, comes with an old page, comes second or breaks a constraint that the context has a sentence for gets that sentence, and
    /// nothing is written.
    /// </summary>
    /// <param name="db">Tracks <paramref name="row"/>.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="row">As it is now.</param>
    /// <param name="version">As the person saw it.</param>
    /// <param name="step">Null to take the last one back, for which whoever asks must be allowed to take it.</param>
    /// <param name="take">Calls <see cref="Step{TRow, TState}.Take"/> or <see cref="TakeBack"/>.</param>
    /// <param name="before">Written with it, such as a file that came with the form.</param>
    /// <param name="after">What needs its new version: the messages that tell of it.</param>
    /// <example><code>
    /// var result = await SampleSteps.All.TakeAsync(
    ///     db, Actor, sample, version, SampleSteps.Send, s =&gt; s.Send(lab, now), ct, after: () =&gt; TellAsync(sample));
    /// </code></example>
    public async Task<StepResult> TakeAsync(
        ModuleDb db, Actor actor, TRow row, int version, Step<TRow, TState>? step, Func<TRow, string?> take, CancellationToken ct,
        Func<Task>? before = null, Func<Task>? after = null)
    {
        if (row.Version != version)
        {
            return Changed(row);
        }

        if (((step ?? ToTakeBack(row)) is { } wanted && !actor.Can(wanted.Needs) ? MayNot(wanted) : take(row)) is { } sentence)
        {
            db.ChangeTracker.Clear(); // what else the caller had changed in vain
            return new(sentence);
        }

        if (db.Entry(row) is { State: EntityState.Unchanged } entry)
        {
            // A step that changes nothing of the row, such as a note, is work on it all the same: two who answer at once meet.
            entry.Property(state.Name).IsModified = true;
        }

        try
        {
            await using var write = await db.BeginWriteAsync(ct);
            await (before?.Invoke() ?? Task.CompletedTask);
            await db.SaveChangesAsync(ct); // the version grows with the save, so what tells of it comes after it
            await (after?.Invoke() ?? Task.CompletedTask);
            await write.CommitAsync(ct);
            return new();
        }
        catch (StepRefusedException refused)
        {
            db.ChangeTracker.Clear();
            return new(refused.Message);
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            return Changed(await db.Set<TRow>().AsNoTracking().FirstOrDefaultAsync(r => EF.Property<Guid>(r, nameof(IVersioned.Id)) == row.Id, ct));
        }
        catch (Exception e) when (db.Explain(e) is { } broken)
        {
            db.ChangeTracker.Clear();
            return new(broken.Sentence);
        }
    }

    internal TState StateOf(TRow row) => read(row);

    internal void SetState(TRow row, TState to) => state.SetValue(row, to);

    internal void Write(TRow row, DateTimeOffset at, string by, string said, string tone, TState from, Step<TRow, TState>? step, string? before) =>
        history(row).Add(new()
        {
            RowId = row.Id, RowVersion = row.Version + 1, At = at, By = by, Step = step?.Name, FromState = from.Text(), ToState = read(row).Text(),
            Said = said.Length > MaxSaid ? said[..MaxSaid] : said, Tone = tone, Before = before,
        });

    private StepResult Changed(TRow? now) => new(
        $"Somebody changed this {Noun} meanwhile: {(now is null ? "it is gone" : $"{about(now)} is “{read(now).Title().ToLowerInvariant()}” now")}. "
        + "Nothing of yours was saved; close this and look again.", Outdated: true);

    private string MayNot(Step<TRow, TState> step) =>
        $"Your roles do not include the step “{step.Name}” of a {Noun}. Ask somebody whose roles do.";

    private StepLine<TRow>? LastOf(TRow row) => history(row).Index()
        .Where(s => s.Item.Before is not null && all.Any(step => step.CanBeTakenBack && step.Name == s.Item.Step))
        .OrderBy(s => s.Item.RowVersion).ThenBy(s => s.Item.At).ThenBy(s => s.Index).LastOrDefault().Item;

    /// <summary>Where a step begins; <see cref="To(TState, string, string, Func{TRow, string}, bool)"/> says where it leads.</summary>
    public sealed class Beginning
    {
        private readonly Steps<TRow, TState> steps;
        private readonly TState[] from;

        internal Beginning(Steps<TRow, TState> steps, TState[] from) => (this.steps, this.from) = (steps, from);

        /// <inheritdoc cref="To(TState[], string, string, Func{TRow, string}, bool)"/>
        public Step<TRow, TState> To(TState to, string name, string needs, Func<TRow, string> says, bool canBeTakenBack = true) =>
            To([to], name, needs, says, canBeTakenBack);

        /// <summary>A step that changes the row and not its state: an appointment confirmed, a patient told.</summary>
        /// <inheritdoc cref="To(TState[], string, string, Func{TRow, string}, bool)"/>
        public Step<TRow, TState> Stays(string name, string needs, Func<TRow, string> says, bool canBeTakenBack = true) =>
            To([], name, needs, says, canBeTakenBack);

        /// <summary>A step to one state, or to one of several.</summary>
        /// <param name="to">Where it leads; the first unless the rule says another.</param>
        /// <param name="name">A verb, another for each step of the row; the history keeps it, so it is not renamed.</param>
        /// <param name="needs">The permission to take it and to take it back.</param>
        /// <param name="says">The sentence when the row is in another state.</param>
        /// <param name="canBeTakenBack">False for what others act upon at once, or what has its own way back.</param>
        public Step<TRow, TState> To(TState[] to, string name, string needs, Func<TRow, string> says, bool canBeTakenBack = true)
        {
            if (steps.all.Any(s => s.Name == name))
            {
                throw new ArgumentException($"There are two steps “{name}” of a {steps.Noun}.", nameof(name));
            }

            steps.all.Add(new(steps, name, from, to, needs, says, canBeTakenBack));
            return steps.all[^1];
        }
    }
}
