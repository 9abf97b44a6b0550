using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Patients.Scans;

/// <param name="OpenedBy">Another person who has it open.</param>
public sealed record WaitingScan(Scan Scan, ScanFile File, int Pages, string? OpenedBy);

/// <param name="Joins">True when it is the later part of a split that can be taken back.</param>
/// <param name="Outcome">What became of it meanwhile; null while it waits.</param>
public sealed record OpenScan(Scan Scan, ScanFile File, ScanForm Form, bool Joins, string? OpenedBy, string? Outcome)
{
    public IReadOnlyList<ScanPage> Pages { get; } = [.. Scan.InOrder];

    public ScanPage Page { get; } = Scan.InOrder.FirstOrDefault(p => p.Number == Form.Page) ?? Scan.InOrder.First();

    public int Place => Pages.ToList().IndexOf(Page) + 1;
}

public sealed record ScanInboxModel(IReadOnlyList<WaitingScan> Waiting, int Total, OpenScan? Open, IReadOnlyList<ScanRefusal> Refusals, DateTimeOffset Now, string Zone, Guid? Place);

/// <summary>What lies in the inbox and who works on what.</summary>
public sealed class ScanDesk(PatientsDb db, IPractice practice, ChosenLocation chosen, Actor actor, TimeProvider clock)
{
    private const int Most = 100;

    /// <summary>Somebody who has not touched it for this long has left it.</summary>
    private static readonly TimeSpan Hold = TimeSpan.FromMinutes(10);

    private string Zone => chosen.Location?.Zone ?? practice.Zone;

    /// <param name="id">Null for the first that is theirs or nobody's and that nobody else has open.</param>
    public async Task<ScanInboxModel> ShowAsync(Guid? id, ScanForm? typed, CancellationToken ct)
    {
        var (now, here) = (clock.GetUtcNow(), chosen.Location?.Id);
        var waiting = Here().Where(s => s.State == ScanState.Waiting);
        var rows = await (from s in waiting
                          join f in db.ScanFiles.AsNoTracking() on s.ScanFileId equals f.Id
                          orderby s.ReceivedAt, s.ScanFileId, s.FirstPage
                          select new { Scan = s, File = f, Pages = s.Pages.Count }).Take(Most).ToListAsync(ct);
        var holders = await HoldersAsync(now, ct);
        var list = rows.Select(r => new WaitingScan(r.Scan, r.File, r.Pages, holders.GetValueOrDefault(r.Scan.Id))).ToList();
        var shown = id ?? (list.Find(w => w.OpenedBy is null && !IsOthers(w.Scan))
            ?? list.Find(w => w.OpenedBy is null) ?? list.FirstOrDefault())?.Scan.Id;
        var refusals = await db.ScanRefusals.AsNoTracking().Where(r => r.SeenAt == null && (here == null || r.LocationId == here)).OrderBy(r => r.RefusedAt).Take(20).ToListAsync(ct);
        return new(list, list.Count < Most ? list.Count : await waiting.CountAsync(ct), shown is { } scan ? await OpenAsync(scan, typed, holders, now, ct) : null, refusals, now, Zone, here);
    }

    /// <summary>What comes after it in the list, and is free; null when nothing is left that is theirs or nobody's.</summary>
    public async Task<Guid?> AfterAsync(Scan scan, CancellationToken ct)
    {
        var held = (await HoldersAsync(clock.GetUtcNow(), ct)).Keys;
        var me = actor.PersonId;
        var free = Here().Where(s => s.State == ScanState.Waiting && s.Id != scan.Id && !held.Contains(s.Id)
            && (s.OwnerId == null || s.OwnerId == me));
        // The other parts of a split come one after the other.
        var later = free.Where(s => s.ReceivedAt > scan.ReceivedAt || (s.ScanFileId == scan.ScanFileId && s.FirstPage > scan.FirstPage));
        return await FirstAsync(later, ct) ?? await FirstAsync(free, ct);
    }

    /// <summary>Notes that the person has it open. True when others should hear of it.</summary>
    public async Task<bool> NoteOpenAsync(Scan scan, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var write = await db.BeginWriteAsync(ct);
        var noted = await db.Database.ExecuteSqlAsync($"""
            insert into patients.scan_openings as o (person_id, person, scan_id, opened_at) values ({actor.PersonId!.Value}, {actor.Name}, {scan.Id}, {now})
            on conflict (person_id) do update set scan_id = excluded.scan_id, person = excluded.person, opened_at = excluded.opened_at
                where o.scan_id <> excluded.scan_id or o.opened_at < excluded.opened_at - interval '1 minute'
            """, ct);
        await write.CommitAsync(ct);
        return noted > 0;
    }

    public static string Outcome(Scan scan, string zone, DateTimeOffset now) =>
        $"{scan.ClosedBy} {(scan.State == ScanState.Filed ? "filed" : "discarded")} this {Said.Instant(scan.ClosedAt!.Value, zone, now)}.";

    private async Task<OpenScan?> OpenAsync(Guid id, ScanForm? typed, Dictionary<Guid, string> holders, DateTimeOffset now, CancellationToken ct)
    {
        if (await db.Scans.Include(s => s.Pages).FirstOrDefaultAsync(s => s.Id == id, ct) is not { } scan || await db.ScanFiles.FirstOrDefaultAsync(f => f.Id == scan.ScanFileId, ct) is not { } file)
        {
            return null;
        }

        var form = typed ?? new ScanForm { Category = await LastCategoryAsync(ct), Dated = Said.ShortDay(WallTime.Today(clock, Zone)) };
        form.Arrangement = scan.Arrangement;
        var joins = scan.FirstPage > 1 && await db.Scans.AnyAsync(s => s.ScanFileId == scan.ScanFileId && s.State == ScanState.Waiting && s.FirstPage < scan.FirstPage, ct);
        return new(scan, file, form, joins, holders.GetValueOrDefault(id), scan.State == ScanState.Waiting ? null : Outcome(scan, Zone, now));
    }

    private bool IsOthers(Scan scan) => scan.OwnerId is not null && scan.OwnerId != actor.PersonId;

    private IQueryable<Scan> Here()
    {
        // The count in the rail is of the place in the top bar, and so is the list.
        var here = chosen.Location?.Id;
        return db.Scans.AsNoTracking().Where(s => here == null || s.LocationId == here);
    }

    private static Task<Guid?> FirstAsync(IQueryable<Scan> scans, CancellationToken ct) =>
        scans.OrderBy(s => s.ReceivedAt).ThenBy(s => s.ScanFileId).ThenBy(s => s.FirstPage).Select(s => (Guid?)s.Id).FirstOrDefaultAsync(ct);

    private Task<Dictionary<Guid, string>> HoldersAsync(DateTimeOffset now, CancellationToken ct) =>
        db.ScanOpenings.AsNoTracking().Where(o => o.PersonId != actor.PersonId && o.OpenedAt > now - Hold).GroupBy(o => o.ScanId)
            .Select(g => new { g.Key, Person = g.Min(o => o.Person)! }).ToDictionaryAsync(o => o.Key, o => o.Person, ct);

    /// <summary>Who files ten results files an eleventh.</summary>
    private async Task<string> LastCategoryAsync(CancellationToken ct)
    {
        var me = actor.PersonId;
        var last = db.Scans.Where(s => s.ClosedById == me && s.State == ScanState.Filed).OrderByDescending(s => s.ClosedAt).Select(s => s.DocumentId).Take(1);
        return await db.Documents.Where(d => last.Contains(d.Id)).Select(d => d.Category).FirstOrDefaultAsync(ct) ?? "letter";
    }
}

/// <summary>Who looks at what. Kept by SQL: it is no fact that somebody answers for, and the access log has the views.</summary>
public sealed class ScanOpening
{
    public Guid PersonId { get; init; }
    public string Person { get; init; } = "";
    public Guid ScanId { get; init; }
    public DateTimeOffset OpenedAt { get; init; }
}
