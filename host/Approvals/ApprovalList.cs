using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Modular.Sdk;

namespace Modular.Host.Approvals;

/// <summary>What waits for a decision, and what was decided: requests of kinds that the person decides, and their own.</summary>
[OpenTo(Audience.SignedIn, "Shows one's own requests, and those of kinds whose permission one has.")]
public sealed class ApprovalList(ApprovalsDb db, ApprovalDesk desk) : Slice
{
    internal static readonly ListDefinition<Approval> List = new("core.approvals", "Approvals")
    {
        Id = a => a.Id, Order = "-asked", Patients = a => a.PatientId is { } id ? [id] : [],
        Search = new("What, why or who", a => a.Subject, a => a.Reason, a => a.AskedBy),
        Filters =
        [
            new("show", "Which requests", new Dictionary<string, string>
            {
                [""] = "Waiting", ["mine"] = "Asked by me", ["decided"] = "Decided", ["all"] = "All",
            }, (v, ask) => v switch
            {
                "mine" => a => a.AskedById == ask.Me,
                "decided" => a => a.State != ApprovalState.Waiting,
                "all" => null,
                _ => a => a.State == ApprovalState.Waiting,
            }),
        ],
        Columns =
        [
            new("asked", "Asked", a => a.AskedAt) { Sort = a => a.AskedAt, Class = "nowrap" },
            new("subject", "What", a => a.Subject) { Sort = a => a.Subject, Main = true, Href = a => $"/approvals/{a.Id}", Drawer = true },
            new("amount", "Amount", a => a.Amount) { Sort = a => a.Amount, Right = true },
            new("by", "Asked by", (a, ask) => a.AskedById == ask.Me ? "You" : a.AskedBy),
            new("reason", "Why", a => a.Reason) { Optional = 1, Class = "muted" },
            new("state", "Decision", a => a.State == ApprovalState.Waiting ? null : a.State.Title())
            {
                Marks = a => a.State == ApprovalState.Waiting ? [new("Waiting", "warn", "clock")] : [],
            },
            new("decided-by", "Decided by", a => a.InPlaceOf is null ? a.DecidedBy : $"{a.DecidedBy} for {a.InPlaceOf}") { Optional = 1 },
            new("decided", "Decided", a => a.DecidedAt) { FileOnly = true },
            new("note", "Note", a => a.Note) { FileOnly = true },
        ],
    };

    [HttpGet("/approvals")]
    [Export]
    public async Task<IActionResult> Get(ListQuery query, CancellationToken ct)
    {
        var rights = await desk.RightsAsync(ct);
        string[] permissions = [.. rights.SelectMany(r => r.Permissions).Intersect(desk.Kinds.Values.Select(k => k.Permission))];
        var me = Actor.PersonId;
        return await ListAsync(List, db.Approvals.AsNoTracking().Where(a => a.AskedById == me || permissions.Contains(a.Permission)), query, ct);
    }
}
