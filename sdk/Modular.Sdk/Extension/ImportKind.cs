namespace Modular.Sdk;

/// <summary>
/// A kind of row that a practice brings from its old system. The host does the pages (upload, mapping, dry run, progress,
/// error file, undo) and calls the kind row by row inside a write.
/// </summary>
public abstract class ImportKind
{
    /// <summary><c>module.noun</c>.</summary>
    public abstract string Id { get; }

    public abstract string Title { get; }

    public abstract string Permission { get; }

    public abstract IReadOnlyList<ImportField> Fields { get; }

    /// <summary>The FHIR R4 resource that this kind also takes, one a line (ndjson): <c>Patient</c>. Null: tables only.</summary>
    public virtual string? FhirResource => null;

    /// <summary>One resource as a row: values by field id, as a table would have held them. Called only when <see cref="FhirResource"/> is given.</summary>
    public virtual IReadOnlyDictionary<string, string> ReadFhir(System.Text.Json.JsonElement resource) => throw new NotSupportedException($"{Id} takes no FHIR.");

    /// <summary>
    /// Called once before the rows of a batch: reads what they refer to (known source ids, payers) in a query or two,
    /// so that <see cref="ApplyAsync"/> needs none of its own.
    /// </summary>
    public virtual Task PrepareAsync(IReadOnlyList<ImportRow> rows, bool dryRun, CancellationToken ct) => Task.CompletedTask;

    /// <summary>
    /// Checks one row and, unless <paramref name="dryRun"/>, adds or updates the entity through the module's DbContext without saving:
    /// the host saves a batch. The same source id twice updates, never doubles.
    /// </summary>
    public abstract Task<ImportResult> ApplyAsync(ImportRow row, bool dryRun, CancellationToken ct);

    /// <summary>Saves what <see cref="ApplyAsync"/> or <see cref="UndoAsync"/> changed since the last call, and publishes on the bulk lane.</summary>
    public abstract Task SaveAsync(CancellationToken ct);

    /// <summary>
    /// Called once before the rows of a batch are undone; followed by <see cref="UndoAsync"/> for each, the last imported first, and <see cref="SaveAsync"/>.
    /// </summary>
    public virtual Task PrepareUndoAsync(IReadOnlyList<ImportedRow> rows, CancellationToken ct) => Task.CompletedTask;

    /// <summary>
    /// Takes back one row: deletes what the import created, restores what it changed, unless it was touched since.
    /// </summary>
    /// <returns>Null when undone, otherwise why it stays.</returns>
    public abstract Task<string?> UndoAsync(ImportedRow row, CancellationToken ct);
}

/// <param name="Names">Other headings that mean this field, for the first guess of the mapping.</param>
/// <param name="Example">Shown in the mapping page.</param>
/// <param name="SourceId">The id in the old system: of two rows with the same one, the first is saved before the second is prepared.</param>
public sealed record ImportField(string Id, string Title, bool Required = false, string[]? Names = null, string? Example = null, bool SourceId = false);

/// <summary>One row of the file, by field id; absent and blank fields are null.</summary>
public sealed record ImportRow(int Number, IReadOnlyDictionary<string, string> Values)
{
    public string? this[string field] => Values.TryGetValue(field, out var value) && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;
}

/// <param name="Version">The entity's version once this row is saved.</param>
/// <param name="Errors">What is wrong, a sentence each with the field id; none when the row is good.</param>
/// <param name="Before">State before an update, for undo.</param>
public sealed record ImportResult(ImportOutcome Outcome, Guid? EntityId = null, int Version = 0, string? Before = null, IReadOnlyList<ImportError>? Errors = null)
{
    public static ImportResult Refused(params ImportError[] errors) => new(ImportOutcome.Refused, Errors: errors);
}

public sealed record ImportError(string Field, string Sentence);

public enum ImportOutcome
{
    Created,
    Updated,
    Unchanged,
    Refused,
}

/// <summary>What a past import did with one row.</summary>
public sealed record ImportedRow(Guid EntityId, bool Created, int Version, string? Before);
