using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Tests.Docs;

// snippet: queue-row
/// <summary>A value outside its range that somebody at the practice is to look at.</summary>
public sealed class LabFlag : IVersioned, IAtLocation, IOwned
{
    public static readonly WorkQueue<LabFlag> Queue = new("referrals.flag", "value", "/referrals/flags", "referrals.referral.send")
    {
        Open = f => f.SeenAt == null,                     // what is left; the rest is done
        Urgent = f => f.Critical,
        Due = f => f.DueBy,
        Role = f => f.Critical ? Roles.Provider : Roles.Nurse,
        Title = f => $"Look at {f.Test} of {f.Patient}",
        Link = f => $"/referrals/flags/{f.Id}",
        Why = (f, ask) => $"{f.Test} is {f.Value}, outside its range; look at it by {Said.Instant(f.DueBy, ask.Zone, ask.Now)}.",
    };

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public Guid LocationId { get; init; }
    public required string Patient { get; init; }
    public required string Test { get; init; }
    public required string Value { get; init; }
    public bool Critical { get; init; }
    public DateTimeOffset DueBy { get; init; }
    public DateTimeOffset? SeenAt { get; set; }

    // IOwned: two columns of the table, owner_id and owner
    public Guid? OwnerId { get; set; }
    public string? Owner { get; set; }
}
// end

// snippet: queue-list
public sealed class LabFlagList(ReferralsDb db) : Slice
{
    internal static readonly ListDefinition<LabFlag> List = new("referrals.flags", "Values to look at")
    {
        Id = f => f.Id, Order = "due", Queue = LabFlag.Queue.Lines(),
        Filters = [new("show", "Which values", new Dictionary<string, string> { [""] = "To look at", ["seen"] = "Seen" },
            (v, _) => f => (f.SeenAt != null) == (v == "seen"))],
        Columns = [new("test", "Test", f => $"{f.Test} of {f.Patient}") { Main = true }, new("due", "Due", f => f.DueBy) { Sort = f => f.DueBy }],
    };

    [HttpGet("/referrals/flags")]
    [Needs("referrals.referral.send")]
    public Task<IActionResult> Get(ListQuery query, CancellationToken ct) => ListAsync(List, db.Set<LabFlag>().AsNoTracking(), query, ct);

    [HttpPost("/referrals/flags/{id:guid}")]
    [Needs("referrals.referral.send")]
    public async Task<IActionResult> Seen(Guid id, CancellationToken ct)
    {
        if (await db.Set<LabFlag>().FirstOrDefaultAsync(f => f.Id == id, ct) is not { } flag)
        {
            return NotFound();
        }

        flag.SeenAt = Clock.GetUtcNow();
        await db.SaveChangesAsync(ct);
        return await DoneNextAsync(LabFlag.Queue, db, id, "/referrals/flags", $"{flag.Test} was seen.", ct); // the next opens by itself
    }
}
// end
