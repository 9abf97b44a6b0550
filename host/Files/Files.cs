using System.Security.Cryptography;
using Modular.Host.Data;
using Modular.Host.Postgres;
using Modular.Host.Practices;
using Modular.Sdk;
using Npgsql;

namespace Modular.Host.Files;

/// <summary>Files in the practice's own database: one backup has everything. Content is stored once per digest, in chunks.</summary>
public sealed class Files(Work work, ScopeContext scope, ISettings<PracticeSettings> settings, DiskSpace disk, TimeProvider clock) : IFiles
{
    private const int ChunkSize = 256 * 1024;

    public async Task<StoredFile> SaveAsync(Stream content, string name, FileOwner owner, CancellationToken ct = default)
    {
        name = Clean(name);
        if (disk.Full is { } full)
        {
            throw NoRoom(name, full.Sentence);
        }

        var limit = (await settings.GetAsync(ct: ct)).LargestFile;
        await using var copy = await BufferAsync(content, name, limit, ct);
        var head = new byte[Math.Min(FileType.HeadLength, copy.Length)];
        await copy.ReadExactlyAsync(head, ct);
        var type = FileType.Judge(head, name);
        copy.Position = 0;
        var sha = Convert.ToHexStringLower(await SHA256.HashDataAsync(copy, ct));
        var file = new StoredFile(Guid.CreateVersion7(), name, type, copy.Length, sha, clock.GetUtcNow());

        await using var write = await work.BeginAsync(null, ct);
        try
        {
            await StoreContentAsync(copy, sha, ct);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.DiskFull)
        {
            // The write is left without a commit: no part of the file stays.
            throw NoRoom(name, "The disk of the database is full.");
        }

        await work.Connection.ExecuteAsync("insert into core.files (id, sha256, name, type, stored_at, stored_by) values ($1, $2, $3, $4, $5, $6)",
            [file.Id, sha, name, type, file.StoredAt, Sql.Uuid(scope.Actor.PersonId)], ct);
        await work.Connection.ExecuteAsync("""
            insert into core.file_owners (file_id, module, permission, patient_id, what, location_id, own_page_only) values ($1, $2, $3, $4, $5, $6, $7)
            """, [file.Id, owner.Permission.Split('.')[0], owner.Permission, Sql.Uuid(owner.PatientId), owner.What, Sql.Uuid(owner.LocationId), owner.OwnPageOnly], ct);
        await write.CommitAsync(ct);
        return file;
    }

    public async Task<StoredFile?> FindAsync(Guid id, CancellationToken ct = default)
    {
        var connection = await work.OpenAsync(ct);
        var seen = DataScope.Of(scope.Actor);
        var found = await connection.QueryAsync("""
            select f.id, f.name, f.type, c.length, f.sha256, f.stored_at
            from core.files f join core.file_contents c on c.sha256 = f.sha256 where f.id = $1
                and ($2 or exists (select from core.file_owners o where o.file_id = f.id and (o.location_id is null or o.location_id = any($3))))
            """, [id, seen.AllLocations, seen.Locations], r => new StoredFile(r.GetGuid(0), r.GetString(1), r.GetString(2), r.GetInt64(3), r.GetString(4), r.GetFieldValue<DateTimeOffset>(5)), ct);
        return found.FirstOrDefault();
    }

    public async Task<Stream> OpenAsync(Guid id, CancellationToken ct = default)
    {
        var file = await FindAsync(id, ct) ?? throw new KeyNotFoundException($"There is no file {id}.");
        return new ChunkStream(work, file.Sha256, file.Length);
    }

    public async Task RemoveAsync(Guid id, CancellationToken ct = default)
    {
        await using var write = await work.BeginAsync(null, ct);
        var gone = await work.Connection.QueryAsync("delete from core.files where id = $1 returning sha256", [id], r => r.GetString(0), ct);
        foreach (var sha in gone)
        {
            await work.Connection.ExecuteAsync("delete from core.file_contents c where c.sha256 = $1 and not exists (select from core.files f where f.sha256 = c.sha256)", [sha], ct);
        }

        await write.CommitAsync(ct);
    }

    /// <summary>A person reads it beside the field. What takes files by itself tries again when there is room: the file is not at fault.</summary>
    private Exception NoRoom(string name, string sentence) => scope.Actor.PersonId is null ? new IOException(sentence)
        : new FileRefusedException($"{name} was not stored: the disk of the server is full. Please call whoever runs your system, and send it again then.");

    private async Task StoreContentAsync(Stream content, string sha, CancellationToken ct)
    {
        // The first to insert the digest stores the chunks; a second waits for its commit and finds them there.
        if (await work.Connection.ExecuteAsync("insert into core.file_contents (sha256, length) values ($1, $2) on conflict do nothing", [sha, content.Length], ct) == 0)
        {
            return;
        }

        content.Position = 0;
        var chunk = new byte[ChunkSize];
        for (var number = 0; await content.ReadAtLeastAsync(chunk, ChunkSize, throwOnEndOfStream: false, ct) is > 0 and var length; number++)
        {
            await work.Connection.ExecuteAsync("insert into core.file_chunks (sha256, number, body) values ($1, $2, $3)",
                [sha, number, new NpgsqlParameter { Value = new ReadOnlyMemory<byte>(chunk, 0, length), NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bytea }], ct);
        }
    }

    /// <exception cref="FileRefusedException">Larger than that, or empty.</exception>
    internal static async Task<MemoryStream> BufferAsync(Stream content, string name, int megabytes, CancellationToken ct)
    {
        var limit = megabytes * 1024L * 1024L;
        var copy = new MemoryStream();
        var buffer = new byte[81920];
        while (await content.ReadAsync(buffer, ct) is > 0 and var read)
        {
            if (copy.Length + read > limit)
            {
                throw new FileRefusedException($"{name} is larger than {megabytes} MB.");
            }

            copy.Write(buffer, 0, read);
        }

        copy.Position = 0;
        return copy.Length > 0 ? copy : throw new FileRefusedException($"{name} is empty.");
    }

    /// <summary>The last part of whatever a browser sends, without characters that a header or a shell would read.</summary>
    internal static string Clean(string name)
    {
        var last = name.Split('/', '\\')[^1];
        var clean = new string([.. last.Where(c => !char.IsControl(c) && c is not ('"' or ';' or '<' or '>' or '|' or ':' or '*' or '?' or '\u202E'))]).Trim('.', ' ');
        if (clean.Length > 120)
        {
            var extension = Path.GetExtension(clean);
            clean = clean[..(120 - Math.Min(extension.Length, 10))] + (extension.Length <= 10 ? extension : "");
        }

        return clean.Length == 0 ? "file" : clean;
    }
}
