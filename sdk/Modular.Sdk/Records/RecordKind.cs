using Microsoft.EntityFrameworkCore;

namespace Modular.Sdk;

/// <summary>
/// A kind of record that services of the host hang things on: files (<c>&lt;attachments&gt;</c>), notes of whom the practice called or wrote to
/// (<c>&lt;contact-log&gt;</c>). What hangs on a record is seen by whoever sees the record: it is looked up in its module at every access, by
/// permission, location and the patient's chart.
/// </summary>
/// <typeparam name="TRow">The entity. Its patient is known when it is an <see cref="IOfPatient"/>, its place when it is an
/// <see cref="IAtLocation"/>.</typeparam>
/// <param name="id"><c>module.noun</c>; never renamed.</param>
/// <param name="title">What one is called, in lower case: "referral". The access log says it.</param>
/// <param name="see">The permission to see it, and what hangs on it.</param>
/// <param name="change">The permission to change what hangs on it.</param>
/// <example><code>
/// public static readonly RecordKind&lt;Referral&gt; Kind = new("referrals.referral", "referral", ReferralsPermissions.Read,
///     ReferralsPermissions.Write)
/// {
///     Name = r =&gt; $"Referral of {r.PatientName} to {r.SpecialistName}",
///     Link = r =&gt; $"/referrals/referrals/{r.Id}",
///     Attachments = new(),
/// };
/// </code></example>
public sealed class RecordKind<TRow>(string id, string title, string see, string change) : RecordKind(id, title, see, change, typeof(TRow))
    where TRow : class, IVersioned
{
    /// <summary>What pages elsewhere call the record; it is kept with a note about it, so 200 letters at most count.</summary>
    public required Func<TRow, string> Name { get; init; }

    /// <summary>The record's page.</summary>
    public required Func<TRow, string> Link { get; init; }

    /// <summary>Whether what hangs on it may be changed at all as it stands now, such as while it is open. Always, when left out.</summary>
    public Func<TRow, bool> MayChange { get; init; } = _ => true;

    /// <inheritdoc/>
    public override async Task<KnownRecord?> FindAsync(ModuleDb db, Guid id, CancellationToken ct)
    {
        var key = db.Model.FindEntityType(typeof(TRow))!.FindPrimaryKey()!.Properties[0].Name;
        return await db.Set<TRow>().AsNoTracking().FirstOrDefaultAsync(r => EF.Property<Guid>(r, key) == id, ct) is { } row ? Of(row) : null;
    }

    /// <inheritdoc/>
    public override KnownRecord Of(IVersioned row) => row is TRow known
        ? new(row.Id, Short(Name(known)), Link(known), (row as IOfPatient)?.PatientId, (row as IAtLocation)?.LocationId, MayChange(known))
        : throw new ArgumentException($"A record of the kind {Id} is a {typeof(TRow).Name}, not a {row.GetType().Name}.", nameof(row));

    /// <inheritdoc/>
    public override Task<Guid?> PatientOfAsync(ModuleDb db, Guid id, CancellationToken ct) =>
        typeof(TRow).IsAssignableTo(typeof(IOfPatient)) ? db.PatientOfAsync<TRow>(id, ct) : Task.FromResult<Guid?>(null);

    private static string Short(string name) => name.Length <= 200 ? name : name[..200];
}

/// <summary>What is said of a kind of record whatever its entity: <see cref="RecordKind{TRow}"/>.</summary>
public abstract class RecordKind
{
    private protected RecordKind(string id, string title, string see, string change, Type row) =>
        (Id, Title, See, Change, Row) = (id, title, see, change, row);

    /// <summary><c>module.noun</c>.</summary>
    public string Id { get; }

    /// <summary>What one is called, in lower case.</summary>
    public string Title { get; }

    /// <summary>The permission to see it.</summary>
    public string See { get; }

    /// <summary>The permission to change what hangs on it.</summary>
    public string Change { get; }

    /// <summary>The entity.</summary>
    public Type Row { get; }

    /// <summary>Files may be put to it, by these rules; null when it takes none.</summary>
    public AttachmentRules? Attachments { get; init; }

    /// <summary>The record as whoever asks may see it; null when it is not there for them.</summary>
    public abstract Task<KnownRecord?> FindAsync(ModuleDb db, Guid id, CancellationToken ct);

    /// <summary>A row that its page has read already, and so may be seen by whoever asks.</summary>
    /// <exception cref="ArgumentException">Not a row of this kind.</exception>
    public abstract KnownRecord Of(IVersioned row);

    /// <summary>Whom it is about, whether that chart is shut or not; null when about nobody, or not there at the places of whoever asks.</summary>
    public abstract Task<Guid?> PatientOfAsync(ModuleDb db, Guid id, CancellationToken ct);
}

/// <summary>How files of a record are kept: as long as the record, and with it.</summary>
/// <param name="KeepRemovedDays">Days in which a file that was removed can be put back; then a job deletes it for good. 1 to 3650.</param>
public sealed record AttachmentRules(int KeepRemovedDays = 30);

/// <summary>A record as the host knows it.</summary>
/// <param name="Name">As <see cref="RecordKind{TRow}.Name"/> says.</param>
/// <param name="Link">Its page.</param>
/// <param name="PatientId">Whom it is about; null when about nobody.</param>
/// <param name="LocationId">Where it is; null is the whole practice's.</param>
/// <param name="MayChange">As the record stands; the permission is asked for as well.</param>
public sealed record KnownRecord(Guid Id, string Name, string Link, Guid? PatientId, Guid? LocationId, bool MayChange);
