using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;
using Modular.Tests.Harness;

namespace Modular.Tests.Imports;

/// <summary>A kind of file like a module's: rooms by the id of the old system.</summary>
public sealed class RoomImport(IServiceProvider scope) : ImportKind
{
    private readonly RoomsDb db = RoomsDb.Open(scope);
    private Dictionary<Guid, TestRoom> known = [];

    public override string Id => "core.rooms";
    public override string Title => "Rooms";
    public override string Permission => "core.practice.manage";

    public override IReadOnlyList<ImportField> Fields { get; } =
    [
        new("id", "Id", Required: true, SourceId: true, Names: ["room number"]),
        new("name", "Name", Required: true, Names: ["room"], Example: "Exam 1"),
    ];

    public static Guid IdOf(string source) => new(SHA256.HashData(Encoding.UTF8.GetBytes(source))[..16]);

    public override async Task PrepareAsync(IReadOnlyList<ImportRow> rows, bool dryRun, CancellationToken ct)
    {
        var ids = rows.Select(r => IdOf(r["id"]!)).ToList();
        known = await db.Rooms.Where(r => ids.Contains(r.Id)).ToDictionaryAsync(r => r.Id, ct);
    }

    public override Task<ImportResult> ApplyAsync(ImportRow row, bool dryRun, CancellationToken ct)
    {
        var id = IdOf(row["id"]!);
        var name = row["name"]!;
        if (name == "bad")
        {
            return Task.FromResult(ImportResult.Refused(new ImportError("name", "This is no name.")));
        }

        if (known.TryGetValue(id, out var room))
        {
            if (room.Name == name)
            {
                return Task.FromResult(new ImportResult(ImportOutcome.Unchanged, id, room.Version));
            }

            var before = room.Name;
            if (!dryRun)
            {
                room.Name = name;
            }

            return Task.FromResult(new ImportResult(ImportOutcome.Updated, id, room.Version + 1, before));
        }

        if (!dryRun)
        {
            db.Add(new TestRoom { Id = id, Name = name });
        }

        return Task.FromResult(new ImportResult(ImportOutcome.Created, id, 1));
    }

    public override Task SaveAsync(CancellationToken ct) => db.SaveChangesAsync(ct);

    public override async Task<string?> UndoAsync(ImportedRow row, CancellationToken ct)
    {
        var room = await db.Rooms.FindAsync([row.EntityId], ct);
        if (room is null || room.Version != row.Version)
        {
            return "Changed since the import.";
        }

        if (row.Created)
        {
            db.Remove(room);
        }
        else
        {
            room.Name = row.Before!;
        }

        return null;
    }
}
