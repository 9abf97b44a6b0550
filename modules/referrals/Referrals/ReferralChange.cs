using Modular.Sdk;

namespace Modular.Referrals.Referrals;

/// <summary>One change of a referral, with who and when; the host's change log has the values, this has the words.</summary>
[NotLogged]
public sealed class ReferralChange
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid ReferralId { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string By { get; init; }
    public required string Said { get; init; }

    /// <summary>One of ok, warn, bad, info or empty.</summary>
    public string Tone { get; init; } = "";

    /// <summary>A <see cref="Standing"/> as JSON: what the step can be taken back to. Null when it cannot, or was.</summary>
    public string? Before { get; set; }
}

/// <summary>Everything of a referral that its steps change.</summary>
public sealed record Standing(
    string Step, string? Authorization, string? AuthorizationNumber, DateOnly? AuthorizationUntil, int? AuthorizationVisits, DateOnly? CheckedOn,
    DateOnly? SentOn, string? SentHow, string? SentTo, string? SentWhat, Guid? DisclosureId,
    DateOnly? AppointmentOn, TimeOnly? AppointmentAt, DateOnly? ToldOn, string? ToldHow, DateOnly? MissedOn, DateOnly? SeenOn,
    DateOnly? ReplyOn, string? Reply, Guid? ReplyFileId, DateOnly? EndedOn, string? EndReason, DateOnly? DueOn);
