using Microsoft.EntityFrameworkCore;
using Modular.Host.Core;
using Modular.Host.FirstRun;
using Modular.Sdk;

namespace Modular.Host.Demo;

/// <summary>The demo practice's own facts: two locations, their rooms and hours, eight providers and the staff around them. Repeatable.</summary>
public sealed class DemoPractice(CoreDb db, CoreChanges changes)
{
    public const string Slug = "demo";

    private static readonly Guid Main = new("00000000-0000-7000-8000-0000000000a1");
    private static readonly Guid Lake = new("00000000-0000-7000-8000-0000000000a2");

    public static NewPractice Wanted { get; } = new(
        Slug, "Lakeside Family Medicine", "America/New_York", ["localhost", "127.0.0.1"],
        [new(Main, "Main Street", "America/New_York"), new(Lake, "Lake Avenue", "America/New_York")], Demo: true);

    // First name, last name, letters, provider. Invented, as are all names of the demo.
    private static readonly (string First, string Last, string Letters, bool Provider)[] People =
    [
        ("Amara", "Cole", "MD", true), ("Henrik", "Vale", "MD", true), ("Sofia", "Marin", "DO", true), ("Nora", "Quist", "NP", true),
        ("Desmond", "Okafor", "MD", true), ("Ingrid", "Solberg", "PA-C", true), ("Rafael", "Ibarra", "MD", true), ("Mei", "Tanaka", "NP", true),
        ("Paula", "Brandt", "", false), ("Theo", "Lindqvist", "", false), ("Carmen", "Ruiz", "RN", false), ("Ola", "Fenwick", "CPC", false),
        ("Grace", "Abara", "", false), ("Ivan", "Petrov", "", false),
    ];

    public async Task SeedAsync(DateOnly today, CancellationToken ct)
    {
        if (!await db.StaffMembers.AnyAsync(ct))
        {
            await FoundAsync(ct);
        }

        var closures = await db.Closures.Where(c => c.Active && c.ToDate >= today).ToListAsync(ct);
        // Whoever looks at the demo on a holiday finds it open.
        var now = closures.Where(c => c.FromDate <= today).ToList();
        now.ForEach(c => c.Active = false);
        var decided = await db.Closures.Where(c => c.Holiday != null).Select(c => c.FromDate).ToListAsync(ct);
        var ahead = closures.Count > now.Count ? []
            : DemoClosures.After(today, Lake).Where(c => c.Holiday is null || !decided.Contains(c.FromDate)).ToList();
        db.AddRange(ahead);
        await using var write = await db.BeginWriteAsync(ct);
        await changes.CommitAsync(write, ct, [.. now, .. ahead]);
    }

    private async Task FoundAsync(CancellationToken ct)
    {
        await using var write = await db.BeginWriteAsync(ct);
        var rooms = Rooms().ToList();
        var staff = People.Select((p, i) => new StaffMember
        {
            Id = new($"00000000-0000-7000-8000-0000000001{i:x2}"), FirstName = p.First, LastName = p.Last, Credentials = p.Letters,
            IsProvider = p.Provider, Npi = p.Provider ? SampleNpi(i) : null,
        }).ToList();
        db.AddRange(rooms);
        db.AddRange(staff);
        db.AddRange(from site in new[] { Main, Lake }
                    from day in Enumerable.Range(1, 5)
                    select new OpeningHours { Id = Guid.CreateVersion7(), LocationId = site, Weekday = day, Opens = new(8, 0), Closes = new(18, 0) });
        db.Add(new OpeningHours { Id = Guid.CreateVersion7(), LocationId = Main, Weekday = 6, Opens = new(9, 0), Closes = new(13, 0) });
        var sites = await db.Sites.ToListAsync(ct);
        sites.ForEach(p => (p.Phone, p.Address, p.City, p.State, p.Zip) = p.Id == Main
            ? ("(555) 010-2200", "120 Main Street", "Fairhaven", "OH", "440010120") : ("(555) 010-2300", "8 Lake Avenue", "Fairhaven", "OH", "440010008"));
        var entity = await db.LegalEntities.SingleAsync(e => e.Main, ct);
        (entity.TaxId, entity.Npi) = ("123456789", SampleNpi(9000));
        (entity.Address, entity.City, entity.State, entity.Zip) = ("120 Main Street", "Fairhaven", "OH", "440010120");
        await changes.CommitAsync(write, ct, [entity, .. sites, .. rooms, .. staff]);
    }

    private static IEnumerable<Room> Rooms() =>
        from site in new[] { (Id: Main, Count: 8), (Id: Lake, Count: 5) }
        from number in Enumerable.Range(1, site.Count)
        select new Room { Id = Guid.CreateVersion7(), LocationId = site.Id, Name = $"Room {number}" };

    /// <summary>A number that passes the check digit and starts with a range that is not assigned yet.</summary>
    private static string SampleNpi(int i) =>
        Enumerable.Range(0, 10).Select(check => $"19999{i:0000}{check}").First(TypedNpi.IsValid);
}
