namespace Modular.Sdk;

/// <summary>The records that a <see cref="FormKind"/> is about: what they hold now, and how answers that somebody ticked get into them.</summary>
public interface IFormRecord
{
    /// <summary>The record as it is now; null when it is not there for whoever asks.</summary>
    Task<FormRecord?> FindAsync(Guid id, CancellationToken ct);

    /// <summary>
    /// Writes the answers that were ticked by the record's own rules, in the write that is open: its history and messages come with it.
    /// </summary>
    /// <param name="version">Of the record as the reviewer saw it.</param>
    /// <param name="taken">By the names of <see cref="FormKind.Fields"/>; never blank.</param>
    /// <returns>What cannot be taken, by the names of the fields; nothing is saved then.</returns>
    Task<IReadOnlyList<FieldError>> TakeAsync(Guid id, int version, IReadOnlyDictionary<string, string> taken, CancellationToken ct);
}

/// <summary>A record as a form about it needs it.</summary>
/// <param name="Version">As of <see cref="IVersioned"/>: what is taken over was compared with this state.</param>
/// <param name="Recipient">Who fills the form in, 1 to 120 letters.</param>
/// <param name="Values">By the names of <see cref="FormKind.Fields"/>, as stored; a field that is empty may be left out.</param>
public sealed record FormRecord(int Version, string Recipient, IReadOnlyDictionary<string, string?> Values)
{
    /// <summary>Whoever opens a link to the form types it first; null asks for nothing.</summary>
    public DateOnly? BirthDate { get; init; }

    /// <summary>To show the form in, out of <see cref="PatientTexts.Languages"/>.</summary>
    public string? Language { get; init; }
}
