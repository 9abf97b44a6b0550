namespace Modular.Sdk;

/// <summary>A module's settings, with an optional override per location. Cached; a save shows on the next request everywhere.</summary>
public interface ISettings<T> where T : class, new()
{
    ValueTask<T> GetAsync(Guid? locationId = null, CancellationToken ct = default);
}

/// <summary>Tells open pages that something changed. Carries ids only; a page that follows the topic fetches what it may see.</summary>
public interface ILive
{
    /// <summary>Sent after the current write commits, or at once outside a write.</summary>
    /// <param name="topic">A topic declared with <see cref="ModuleBuilder.Topic"/>.</param>
    /// <param name="key">Which one: a date, a provider id; empty for all.</param>
    void Changed(string topic, string key = "");

    /// <summary>As <see cref="Changed(string, string)"/>, of something at one location: nobody hears of it who does not work there.</summary>
    /// <param name="topic">A topic declared with <see cref="ModuleBuilder.Topic"/>.</param>
    /// <param name="key">Which one: a date, a provider id; empty for all. A key that is a location's id says its location itself.</param>
    /// <param name="locationId">Where it happened.</param>
    /// <example><c>live.Changed("referrals.list", referral.Id.ToString("N"), referral.LocationId);</c></example>
    void Changed(string topic, string key, Guid locationId);
}

/// <summary>Who saw which patient, where and why. Every page that shows patient data writes here; the host chains the rows.</summary>
public interface IAccessLog
{
    /// <param name="what">The page or document in the office's words: "chart", "coverage card".</param>
    /// <param name="reason">Why, when the person was asked.</param>
    void Viewed(Guid patientId, string what, string? reason = null);

    /// <summary>One entry for a list that showed several patients.</summary>
    void Listed(IReadOnlyCollection<Guid> patientIds, string what);

    /// <summary>Something about a patient whom nobody has named yet: a fax before it is filed.</summary>
    /// <param name="rowId">The row that was shown; what becomes of it is in the change log under this id.</param>
    void Opened(Guid rowId, string what);
}

/// <summary>What was changed, by whom: for the person whose save came later. Every save of a module's entities is in it.</summary>
public interface IChangeLog
{
    /// <param name="rowId">Id of the row, as of <see cref="IVersioned.Id"/>.</param>
    /// <returns>The last change; null when nobody changed the row, or so long ago that the log of that month is gone.</returns>
    Task<LastChange?> LastAsync(Guid rowId, CancellationToken ct = default);

    /// <summary>What happened to a row, the newest first; <c>change-history</c> shows it.</summary>
    /// <param name="skip">Changes already shown.</param>
    /// <param name="take">How many at most.</param>
    Task<IReadOnlyList<RowChange>> HistoryAsync(Guid rowId, int skip, int take, CancellationToken ct = default);
}

/// <summary>One saved change of a row.</summary>
/// <param name="Who">As the log names them.</param>
/// <param name="What">added, changed or deleted.</param>
/// <param name="Values">By column of the table, before and after, as text; empty when the row is of a chart that is shut to whoever asks.</param>
public sealed record RowChange(DateTimeOffset At, Guid? PersonId, string Who, string What, IReadOnlyDictionary<string,
    (string Before, string After)> Values);

/// <param name="PersonId">Null when a module did it on its own.</param>
/// <param name="Who">As the log names them.</param>
public sealed record LastChange(Guid? PersonId, string Who, DateTimeOffset At);

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

/// <summary>
/// Makes a picture as people send it into one that is fit to be kept and shown: turned upright, small, written anew, without what a
/// camera notes in it (where and when it was taken, by which device).
/// </summary>
/// <example>
/// <code>
/// var small = await pictures.ShrinkAsync(upload, file.FileName, 640, ct);
/// var stored = await files.SaveAsync(new MemoryStream(small.Content), small.Name, owner, ct);
/// </code>
/// </example>
public interface IPictures
{
    /// <summary>Judges the picture by its content before any of it is drawn. Call it outside of a write: a large photo takes a tenth of a second.</summary>
    /// <param name="content">A JPEG, PNG, WebP or GIF, of which the first picture is taken.</param>
    /// <param name="name">As the person named the file; sentences call it so.</param>
    /// <param name="longest">Dots of the longer side, from 16 to 4,000. A smaller picture keeps its size.</param>
    /// <exception cref="FileRefusedException">Too large, damaged or no such picture; the message is a sentence for the person.</exception>
    Task<SmallPicture> ShrinkAsync(Stream content, string name, int longest, CancellationToken ct = default);
}

/// <summary>A picture that is fit to be kept and shown.</summary>
/// <param name="Name">The name it came with, its ending that of the type.</param>
/// <param name="Type"><c>image/jpeg</c>, or <c>image/png</c> when a part of it is see-through.</param>
/// <param name="Width">In dots.</param>
/// <param name="Height">In dots.</param>
public sealed record SmallPicture(byte[] Content, string Name, string Type, int Width, int Height);

/// <summary>Folders of the practice on the server's disk, below its data directory: where machines drop what a person would upload.</summary>
public interface IFolders
{
    /// <summary>The whole path of the practice's folder of this name. It may not exist: who needs it makes it.</summary>
    /// <param name="name">Lower-case letters and hyphens: <c>scans</c>.</param>
    string PathOf(string name);
}

/// <param name="Permission">Permission of the owning module, whose id is its first part.</param>
/// <param name="PatientId">Every opening is then written to the access log.</param>
/// <param name="What">What the access log calls it: "insurance card".</param>
/// <param name="LocationId">To people of other locations the file is not there; null is the whole practice's.</param>
public sealed record FileOwner(string Permission, Guid? PatientId = null, string What = "document", Guid? LocationId = null);

/// <param name="Type">Media type judged by content.</param>
/// <param name="Sha256">Lower-case hex.</param>
public sealed record StoredFile(Guid Id, string Name, string Type, long Length, string Sha256, DateTimeOffset StoredAt);

public sealed class FileRefusedException(string sentence) : Exception(sentence);

/// <summary>Long work with progress that people watch, such as an import.</summary>
public interface IProgress
{
    /// <summary>Begins a piece of work in the current write.</summary>
    /// <param name="title">What people read: "Importing patients.csv".</param>
    /// <param name="link">The page of its result.</param>
    Task<Guid> BeginAsync(string title, string link, long total, CancellationToken ct = default);

    /// <summary>Reports progress with the current write; pages that watch are told.</summary>
    Task ReportAsync(Guid work, long done, CancellationToken ct = default);

    Task EndAsync(Guid work, string result, bool failed = false, CancellationToken ct = default);

    /// <summary>True when a person asked to stop; checked between steps.</summary>
    Task<bool> IsCanceledAsync(Guid work, CancellationToken ct = default);
}

/// <summary>Fills a demo practice.</summary>
public interface IDemoData
{
    /// <summary>Runs when the demo practice is made, and again on each later day: brings the data to <paramref name="today"/> and must be repeatable.</summary>
    Task SeedAsync(DateOnly today, CancellationToken ct);
}

/// <summary>Pages through what a module owns, as the message that tells of it.</summary>
public interface ISnapshot<TMessage> where TMessage : class
{
    /// <param name="after">The last key of the page before; null for the first.</param>
    /// <param name="from">The day that the practice chose: what is older, as the declaration says it, is left out. Null for everything.</param>
    Task<IReadOnlyList<SnapshotRow<TMessage>>> PageAsync(Guid? after, DateOnly? from, int take, CancellationToken ct);
}

public sealed record SnapshotRow<TMessage>(Guid Key, TMessage Message);
