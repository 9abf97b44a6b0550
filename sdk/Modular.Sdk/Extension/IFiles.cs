namespace Modular.Sdk;

/// <summary>Files of the practice, kept in its database by content.</summary>
public interface IFiles
{
    /// <summary>Stores the content with the current write; the type is judged by content, not by name.</summary>
    /// <param name="owner">Who may open it at <c>/files/{id}</c>; knowing the id is not enough.</param>
    /// <exception cref="FileRefusedException">Too large, empty or of a type that is not accepted; the message is a sentence for the person.</exception>
    Task<StoredFile> SaveAsync(Stream content, string name, FileOwner owner, CancellationToken ct = default);

    Task<StoredFile?> FindAsync(Guid id, CancellationToken ct = default);

    /// <exception cref="KeyNotFoundException">No such file.</exception>
    Task<Stream> OpenAsync(Guid id, CancellationToken ct = default);

    /// <summary>Takes a file away with the current write: one of the caller's own, whose row goes in the same write. Unknown ids do nothing.</summary>
    Task RemoveAsync(Guid id, CancellationToken ct = default);
}

/// <param name="Permission">Permission of the owning module, whose id is its first part.</param>
/// <param name="PatientId">Every opening is then written to the access log.</param>
/// <param name="What">What the access log calls it: "insurance card".</param>
/// <param name="LocationId">To people of other locations the file is not there; null is the whole practice's.</param>
public sealed record FileOwner(string Permission, Guid? PatientId = null, string What = "document", Guid? LocationId = null)
{
    /// <summary>A page of its owner opens it, which judges the record it belongs to; at <c>/files/{id}</c> it is not there.</summary>
    public bool OwnPageOnly { get; init; }
}

/// <param name="Type">Media type judged by content.</param>
/// <param name="Sha256">Lower-case hex.</param>
public sealed record StoredFile(Guid Id, string Name, string Type, long Length, string Sha256, DateTimeOffset StoredAt);

public sealed class FileRefusedException(string sentence) : Exception(sentence);
