using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Host.Retention;

/// <summary>What is held, why and since when; and what was released.</summary>
[Needs(RetentionClasses.Manage)]
public sealed class HoldList(RetentionDb db) : Slice
{
    internal static readonly ListDefinition<RetentionHold> List = new("core.retention-holds", "Holds")
    {
        Id = h => h.Id, Order = "-held", Search = new("Matter or reason", h => h.Matter, h => h.Reason, h => h.About),
        Patients = h => h.PatientId is { } id ? [id] : [],
        Filters =
        [
            new("show", "Which holds", new Dictionary<string, string>
            {
                [""] = "In force", ["released"] = "Released", ["all"] = "All",
            }, (v, _) => v switch
            {
                "released" => h => h.ReleasedAt != null,
                "all" => null,
                _ => h => h.ReleasedAt == null,
            }),
        ],
        Columns =
        [
            new("matter", "Matter", h => h.Matter) { Sort = h => h.Matter, Main = true },
            new("about", "Held", h => h.About) { Href = h => h.PatientId is { } patient ? $"/patients/charts/{patient}" : null },
            new("reason", "Why", h => h.Reason),
            new("by", "By", h => h.HeldBy) { Sort = h => h.HeldBy },
            new("held", "Since", h => h.HeldAt) { Sort = h => h.HeldAt },
            new("released", "Released", h => h.ReleasedAt) { Sort = h => h.ReleasedAt },
            new("released-by", "Released by", h => h.ReleasedBy) { Optional = 1 },
            new("released-why", "Released because", h => h.ReleasedWhy) { Optional = 1 },
        ],
    };

    [HttpGet("/retention/holds")]
    [Export]
    public Task<IActionResult> Get(ListQuery query, CancellationToken ct) => ListAsync(List, db.Holds.AsNoTracking(), query, ct);

    /// <param name="whole">With all other holds of the matter.</param>
    [HttpPost("/retention/holds/release")]
    public async Task<IActionResult> Release(Guid[] id, string? why, bool whole, CancellationToken ct)
    {
        if (Reading.Clean(why) is not { Length: >= 3 and <= 300 } reason)
        {
            return Done("/retention/holds", "Say why they are released, in 3 to 300 letters.");
        }

        await using var write = await db.BeginWriteAsync(ct);
        await write.LockAsync(DisposalRun.Lock, ct);
        var matters = await db.Holds.Where(h => id.Contains(h.Id)).Select(h => h.Matter).Distinct().ToListAsync(ct);
        var open = await db.Holds.Where(h => h.ReleasedAt == null && (id.Contains(h.Id) || (whole && matters.Contains(h.Matter)))).ToListAsync(ct);
        open.ForEach(h => h.Release(Actor.Name, reason, Clock.GetUtcNow()));
        await db.SaveChangesAsync(ct);
        await write.CommitAsync(ct);
        return Done("/retention/holds", open.Count == 0 ? "Choose a hold that is in force." : $"{Said.Many(open.Count, "hold")} released.");
    }
}
