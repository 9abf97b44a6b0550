using Microsoft.EntityFrameworkCore;
using Modular.Host.Installed;
using Modular.Host.Practices;
using Modular.Host.Rights;
using Modular.Sdk;

namespace Modular.Host.Approvals;

/// <summary>Asks, judges who may decide, decides once, and tells the module.</summary>
public sealed class ApprovalDesk(
    ApprovalsDb db, PeopleDb people, Authority authority, InstalledModules modules, ScopeContext scope, IPractice practice, IMessageBus bus,
    TimeProvider clock) : IApprovals
{
    public async Task<string?> AskAsync(ApprovalKind kind, ApprovalRequest request, CancellationToken ct = default)
    {
        if (scope.Actor is not { SignedIn: true, PersonId: { } person })
        {
            return "A person asks for this at a page; a program cannot.";
        }

        await using var write = await db.BeginWriteAsync(ct);
        await write.LockAsync($"approval {kind.Id} {request.Key}", ct);
        if (await db.Approvals.WithShut()
            .FirstOrDefaultAsync(a => a.Kind == kind.Id && a.Key == request.Key && a.State == ApprovalState.Waiting, ct) is { } waits)
        {
            return $"{(waits.AskedById == person ? "You" : waits.AskedBy)} asked for this already; it waits for a decision.";
        }

        db.Add(new Approval
        {
            Kind = kind.Id, Key = request.Key, Permission = kind.Permission, Subject = request.Subject, Reason = request.Reason,
            Amount = request.Amount, Link = request.Link, PatientId = request.PatientId,
            AskedById = person, AskedBy = scope.Actor.Name, AskedAt = clock.GetUtcNow(),
        });
        await db.SaveChangesAsync(ct);
        await write.CommitAsync(ct);
        return null;
    }

    /// <summary>The person's own right first, then those of whom they stand in for today.</summary>
    public async Task<IReadOnlyList<DecidingRight>> RightsAsync(CancellationToken ct)
    {
        var actor = scope.Actor;
        var today = WallTime.Today(clock, practice.Zone);
        var away = await db.StandIns.AsNoTracking().Where(s => s.OtherId == actor.PersonId && s.FromDay <= today && s.ToDay >= today).ToListAsync(ct);
        var rights = new List<DecidingRight> { new(actor.PersonId!.Value, actor.Name, [.. actor.Roles], actor.Permissions) };
        foreach (var person in away.DistinctBy(s => s.PersonId))
        {
            if (await people.People.AnyAsync(p => p.Id == person.PersonId && p.Active, ct))
            {
                var reach = await authority.ReachAsync(person.PersonId, ct);
                rights.Add(new(person.PersonId, person.Person, reach.Presets, reach.Permissions));
            }
        }

        return rights;
    }

    /// <returns>The right that reaches the request, or why none does.</returns>
    public async Task<(DecidingRight? Right, string? Fault)> JudgeAsync(Approval request, CancellationToken ct)
    {
        var limits = await db.Limits.AsNoTracking().Where(l => l.Kind == request.Kind).ToListAsync(ct);
        string? first = null;
        foreach (var right in request.AskedById == scope.Actor.PersonId ? [] : await RightsAsync(ct))
        {
            if (right.FaultOf(request, limits) is not { } fault)
            {
                return (right, null);
            }

            first ??= fault;
        }

        return (null, first ?? "You asked for this yourself, so somebody else decides.");
    }

    /// <returns>Why nothing was decided, in a sentence; null when it was.</returns>
    public async Task<string?> DecideAsync(Guid id, bool approve, string? note, CancellationToken ct)
    {
        await using var write = await db.BeginWriteAsync(ct);
        await write.LockAsync($"approval {id}", ct);
        var request = await db.Approvals.FirstAsync(a => a.Id == id, ct);
        if (Closed(request) is { } closed)
        {
            return closed;
        }

        var (right, fault) = await JudgeAsync(request, ct);
        if (right is null)
        {
            return fault;
        }

        if (note?.Length > 500)
        {
            return "At most 500 letters fit.";
        }

        if (!approve && note is not { Length: >= 3 })
        {
            return "Say why it is rejected.";
        }

        request.Decide(approve, scope.Actor, right, note, clock.GetUtcNow());
        await TellAsync(request, write, ct);
        return null;
    }

    /// <summary>By who asked.</summary>
    public async Task<string?> WithdrawAsync(Guid id, CancellationToken ct)
    {
        await using var write = await db.BeginWriteAsync(ct);
        await write.LockAsync($"approval {id}", ct);
        var request = await db.Approvals.FirstAsync(a => a.Id == id, ct);
        if (Closed(request) is { } closed)
        {
            return closed;
        }

        if (request.AskedById != scope.Actor.PersonId)
        {
            return "Only who asked takes it back.";
        }

        request.Withdraw(clock.GetUtcNow());
        await TellAsync(request, write, ct);
        return null;
    }

    /// <summary>Kinds of the modules that are on.</summary>
    public IReadOnlyDictionary<string, ApprovalKind> Kinds => modules.WithCore.Where(m => scope.Practice.IsOn(m.Id))
        .SelectMany(m => m.Declared.Approvals).ToDictionary(k => k.Id);

    private async Task TellAsync(Approval request, IWrite write, CancellationToken ct)
    {
        await db.SaveChangesAsync(ct);
        await bus.PublishAsync(request.Told(), new(Key: request.Key));
        await write.CommitAsync(ct);
    }

    private static string? Closed(Approval request) => request.State switch
    {
        ApprovalState.Waiting => null,
        ApprovalState.Withdrawn => $"{request.AskedBy} took this back.",
        _ => $"{request.DecidedBy} {request.State.Title().ToLowerInvariant()} this already.",
    };
}
