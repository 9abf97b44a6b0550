using Microsoft.EntityFrameworkCore;
using Modular.Host.Records;
using Modular.Sdk;

namespace Modular.Host.Attachments;

/// <summary>Files of records: kept as all files are, found through their record alone.</summary>
public sealed class AttachmentStore(AttachmentsDb db, IFiles files, RecordKinds records, Actor actor, TimeProvider clock)
{
    /// <summary>Files in one go, and on one record: what is more belongs into a folder of its own.</summary>
    public const int MostAtOnce = 20, MostOfRecord = 200;

    public AttachmentsDb Db => db;

    /// <summary>What the access log calls it.</summary>
    public static string What(RecordKind kind) => $"files of a {kind.Title}";

    /// <summary>Those of a record that is seen already, the newest first, with the removed ones that can still be put back.</summary>
    public Task<List<Attachment>> OfAsync(SeenRecord record, CancellationToken ct) =>
        Of(record).AsNoTracking().Include(a => a.Versions).OrderByDescending(a => a.AddedAt).ThenBy(a => a.Id).ToListAsync(ct);

    /// <summary>The record, when it takes files and whoever asks may see it; noted in the access log.</summary>
    public async Task<SeenRecord?> RecordAsync(string kind, Guid row, CancellationToken ct) =>
        records.Find(kind) is { Attachments: not null } known ? await records.OpenAsync(kind, row, What(known), ct) : null;

    /// <summary>An attachment with the record it hangs on; null when either is not there for whoever asks.</summary>
    public async Task<(Attachment File, SeenRecord Record)?> OpenAsync(Guid id, CancellationToken ct)
    {
        // The kind and the row alone, of whatever chart: the record is judged before anything of the file is read.
        var of = await db.Attachments.WithShut().Where(a => a.Id == id).Select(a => new { a.Kind, a.RowId }).FirstOrDefaultAsync(ct);
        return of is not null && await RecordAsync(of.Kind, of.RowId, ct) is { } record
            && await db.Attachments.Include(a => a.Versions).FirstOrDefaultAsync(a => a.Id == id, ct) is { } file ? (file, record) : null;
    }

    /// <summary>All of them, or none when one is refused.</summary>
    /// <exception cref="FileRefusedException">The message is a sentence for the person.</exception>
    public async Task AddAsync(SeenRecord record, IReadOnlyList<IFormFile> sent, CancellationToken ct)
    {
        if (sent.Count is 0 or > MostAtOnce)
        {
            throw new FileRefusedException(sent.Count == 0 ? "Choose the file to attach."
                : $"These are {sent.Count} files. Attach {MostAtOnce} at a time.");
        }

        await using var write = await db.BeginWriteAsync(ct);
        await write.LockAsync($"attachments {record.Row.Id}", ct);
        if (await Of(record).CountAsync(ct) + sent.Count > MostOfRecord)
        {
            throw new FileRefusedException($"A {record.Kind.Title} takes {MostOfRecord} files, and this would be more.");
        }

        foreach (var file in sent)
        {
            var stored = await StoreAsync(record, file, ct);
            var now = clock.GetUtcNow();
            var title = Path.GetFileNameWithoutExtension(stored.Name) is { Length: > 0 } named ? named : stored.Name;
            var attachment = new Attachment
            {
                Kind = record.Kind.Id, RowId = record.Row.Id, PatientId = record.Row.PatientId, Title = title, AddedAt = now, AddedBy = actor.Name,
            };
            attachment.Put(stored, now, actor.Name);
            db.Add(attachment);
        }

        await db.SaveChangesAsync(ct);
        await write.CommitAsync(ct);
    }

    /// <summary>Puts another content in the place of the present one, which stays as a version. Part of the caller's write.</summary>
    /// <exception cref="FileRefusedException">The message is a sentence for the person.</exception>
    public async Task ReplaceAsync(Attachment attachment, SeenRecord record, IFormFile sent, CancellationToken ct) =>
        attachment.Put(await StoreAsync(record, sent, ct), clock.GetUtcNow(), actor.Name);

    private async Task<StoredFile> StoreAsync(SeenRecord record, IFormFile sent, CancellationToken ct)
    {
        await using var content = sent.OpenReadStream();
        var owner = new FileOwner(record.Kind.See, record.Row.PatientId, $"file of a {record.Kind.Title}") { OwnPageOnly = true };
        var stored = await files.SaveAsync(content, sent.FileName, owner, ct);
        return stored.Type != "image/tiff" ? stored
            : throw new FileRefusedException($"{stored.Name} is a TIFF, which browsers do not show. Save it as a PDF and attach that.");
    }

    private IQueryable<Attachment> Of(SeenRecord record) => db.Attachments.Where(a => a.Kind == record.Kind.Id && a.RowId == record.Row.Id);
}
