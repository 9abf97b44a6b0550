using Modular.Sdk;
using Modular.Sdk.Core;

namespace Modular.Host.Approvals;

public enum ApprovalState
{
    Waiting,
    Approved,
    Rejected,
    Withdrawn,
}

/// <summary>One request, from asking to its decision. It stays as it was decided.</summary>
public sealed class Approval : IVersioned, IOfPatient
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public required string Kind { get; init; }
    public required string Key { get; init; }
    public required string Permission { get; init; }
    public required string Subject { get; init; }
    public required string Reason { get; init; }
    public decimal? Amount { get; init; }
    public required string Link { get; init; }
    public Guid? PatientId { get; init; }
    public required Guid AskedById { get; init; }
    public required string AskedBy { get; init; }
    public required DateTimeOffset AskedAt { get; init; }
    public ApprovalState State { get; private set; }
    public Guid? DecidedById { get; private set; }
    public string? DecidedBy { get; private set; }
    public Guid? InPlaceOfId { get; private set; }
    public string? InPlaceOf { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }
    public string? Note { get; private set; }

    public void Decide(bool approved, Actor by, DecidingRight right, string? note, DateTimeOffset now)
    {
        State = approved ? ApprovalState.Approved : ApprovalState.Rejected;
        (DecidedById, DecidedBy, DecidedAt, Note) = (by.PersonId, by.Name, now, note);
        if (right.PersonId != by.PersonId)
        {
            (InPlaceOfId, InPlaceOf) = (right.PersonId, right.Name);
        }
    }

    public void Withdraw(DateTimeOffset now) =>
        (State, DecidedById, DecidedBy, DecidedAt) = (ApprovalState.Withdrawn, AskedById, AskedBy, now);

    public ApprovalDecided Told() => new(
        Id, Kind, Key, State == ApprovalState.Approved, Reason, Amount, AskedById, AskedBy, DecidedById!.Value, DecidedBy!, DecidedAt!.Value, Note);

    public static TaskEntry? Task(Approval a) => a.State != ApprovalState.Waiting ? null : new(
        $"Decide: {a.Subject}, asked by {a.AskedBy}", $"/approvals/{a.Id}", a.Permission, PatientId: a.PatientId);
}

/// <summary>Up to which amount a role decides requests of a kind.</summary>
public sealed class ApprovalLimit : IVersioned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public string Kind { get; set; } = "";
    public string Role { get; set; } = "";

    /// <summary>Null: any amount.</summary>
    public decimal? UpTo { get; set; }
}

/// <summary>Who decides for a person from one day to another, both included.</summary>
public sealed class ApprovalStandIn : IVersioned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public Guid PersonId { get; init; }
    public required string Person { get; init; }
    public Guid OtherId { get; init; }
    public required string Other { get; init; }
    public DateOnly FromDay { get; init; }
    public DateOnly ToDay { get; init; }
}
