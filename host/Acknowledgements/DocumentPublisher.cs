using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Host.Acknowledgements;

/// <summary>Publishes versions, for people at the pages and for modules, and asks the readers in the same write.</summary>
public sealed class DocumentPublisher(AcknowledgementsDb db, RequiredReaders readers, Actor actor, TimeProvider clock) : IAcknowledgements
{
    public const int LongestText = 200_000;

    public async Task<int> PublishAsync(DocumentKind kind, PublishedDocument document, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(document);
        Check(document);
        await using var write = await db.BeginWriteAsync(ct);
        await write.LockAsync($"document to read {kind.Id} {document.Key}", ct);
        var row = await db.Documents.FirstOrDefaultAsync(d => d.Kind == kind.Id && d.Key == document.Key, ct);
        if (row is null)
        {
            row = new() { Kind = kind.Id, Key = document.Key };
            db.Add(row);
        }

        var (name, to) = (document.Name, document.Readers);
        (row.Name, row.Days, row.Everybody, row.Roles, row.LocationIds, row.PersonIds) =
            (name, document.Days, to.Everybody, [.. to.Roles ?? []], [.. to.Locations ?? []], [.. to.People ?? []]);
        (row.WithdrawnAt, row.WithdrawnBy, row.WithdrawnWhy) = (null, null, null);
        var version = Text(row, document.Text, document.Small, document.Change);
        if (document.Small && row.Current == 0)
        {
            throw new ArgumentException("A small correction corrects a version; this document has none.", nameof(document));
        }

        if (!await db.Versions.AnyAsync(v => v.DocumentId == row.Id && v.Number == row.Current && v.Sha256 == version.Sha256, ct))
        {
            await AddAsync(row, version, ct);
        }

        await db.SaveChangesAsync(ct);
        await readers.AskAsync(row.Id, ct);
        await write.CommitAsync(ct);
        return row.Current;
    }

    public Task<bool> IsAcknowledgedAsync(DocumentKind kind, string key, Guid person, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(kind);
        return db.Acknowledgements.AnyAsync(a => a.PersonId == person && a.State == AcknowledgementState.Signed
            && db.Documents.Any(d => d.Id == a.DocumentId && d.Kind == kind.Id && d.Key == key && d.Asking == a.Number && d.WithdrawnAt == null), ct);
    }

    /// <summary>
    /// The next version of a document, which the caller saves. The document goes first: of two who publish at once, one finds it changed.
    /// </summary>
    public async Task AddAsync(ReadingDocument document, ReadingVersion version, CancellationToken ct)
    {
        document.Current = version.Number;
        document.Asking = version.Small ? document.Asking : version.Number;
        await db.SaveChangesAsync(ct);
        db.Add(version);
    }

    public ReadingVersion Text(ReadingDocument document, string text, bool small, string? change)
    {
        var body = text.ReplaceLineEndings("\n").Trim();
        return new()
        {
            DocumentId = document.Id, Number = document.Current + 1, Body = body,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body))),
            Small = small, Change = change, PublishedAt = clock.GetUtcNow(), PublishedBy = actor.Name,
        };
    }

    public ReadingVersion File(ReadingDocument document, StoredFile file, bool small, string? change) => new()
    {
        DocumentId = document.Id, Number = document.Current + 1, FileId = file.Id, FileName = file.Name, Sha256 = file.Sha256,
        Small = small, Change = change, PublishedAt = clock.GetUtcNow(), PublishedBy = actor.Name,
    };

    private static void Check(PublishedDocument d)
    {
        var to = d.Readers;
        var fault = d.Key.Length is 0 or > 200 ? "key" : d.Name.Trim().Length is 0 or > 120 ? "name"
            : d.Text.Trim().Length is 0 or > LongestText ? "text" : d.Days is < 1 or > 365 ? "number of days"
            : d.Change is { Length: < 3 or > 300 } || (d.Small && d.Change is null) ? "reason of a change"
            : !to.Everybody && to.Roles is not { Count: > 0 } && to.People is not { Count: > 0 } ? "choice of readers" : null;
        if (fault is not null)
        {
            throw new ArgumentException($"The {fault} of a document to read does not fit, see PublishedDocument.", nameof(d));
        }
    }
}
