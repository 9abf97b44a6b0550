namespace Modular.Sdk;

/// <summary>
/// What the host does with everything of one patient, over every registered table of every module, on or off:
/// merge two records, take that back, hand everything out, erase.
/// </summary>
public interface IPatientRecords
{
    /// <summary>What a merge would do, found by doing it and rolling back. Nothing changes.</summary>
    Task<IReadOnlyList<MergedTable>> PreviewMergeAsync(Guid kept, Guid gone, CancellationToken ct = default);

    /// <summary>Merges in the current write, or in one of its own. The module that owns patients tells the others.</summary>
    /// <param name="reason">3 to 300 letters, kept with the merge.</param>
    Task<PatientMerge> MergeAsync(Guid kept, Guid gone, string reason, CancellationToken ct = default);

    /// <summary>Takes a merge back: rows that were moved or dropped are where they were. Rows made since stay with the record that was kept.</summary>
    /// <exception cref="InvalidOperationException">It was taken back already, or the record that was kept was merged itself since; the message is a sentence.</exception>
    Task<MergeUndone> UndoMergeAsync(Guid merge, CancellationToken ct = default);

    /// <summary>Merges, the newest first; of one patient when given.</summary>
    Task<IReadOnlyList<PatientMerge>> MergesAsync(Guid? patient = null, CancellationToken ct = default);

    /// <summary>Writes a zip: one page to read, one JSON file, and the patient's files as they were stored.</summary>
    /// <param name="title">The patient's name, for the heading.</param>
    Task ExportAsync(Guid patient, string title, Stream zip, CancellationToken ct = default);

    /// <summary>Erases the patient, and records merged into them, from every table. The access log keeps that somebody was seen, without values.</summary>
    /// <returns>How many rows went.</returns>
    Task<int> EraseAsync(Guid patient, string reason, CancellationToken ct = default);
}

/// <param name="UndoneAt">Null while it holds.</param>
public sealed record PatientMerge(Guid Id, Guid KeptId, Guid GoneId, DateTimeOffset MergedAt, string MergedBy, string Reason, DateTimeOffset? UndoneAt, string? UndoneBy);

/// <param name="Module">Schema of the module: patients, scheduling.</param>
/// <param name="Table">What the rows are, in words: "coverages".</param>
/// <param name="Moved">Rows that go to the record that is kept.</param>
/// <param name="Dropped">Rows that both records have; the one kept stays.</param>
/// <param name="Stays">Rows that the database refuses beside those of the record that is kept; they stay readable with the old record.</param>
public sealed record MergedTable(string Module, string Table, int Moved, int Dropped, int Stays);

/// <param name="Missing">Rows that were deleted since the merge and could not return.</param>
/// <param name="Since">Rows made since the merge, which stay.</param>
public sealed record MergeUndone(Guid KeptId, Guid GoneId, int Returned, int Missing, IReadOnlyList<(string Module, string Table, int Rows)> Since);
