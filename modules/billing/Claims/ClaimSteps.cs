using Modular.Sdk;

namespace Modular.Billing.Claims;

/// <summary>
/// Which step may follow on which, and who may take it. None is taken back by itself: what left the house cannot be unsaid, and each step before
/// has one that leads the other way.
/// </summary>
public static class ClaimSteps
{
    public static readonly Steps<Claim, ClaimState> All = new("claim", c => c.State, c => c.History, c => $"{c.Number} of {c.PatientName}");

    public static readonly Step<Claim, ClaimState> Check = All.From(ClaimState.ToCheck, ClaimState.ToCorrect, ClaimState.Held, ClaimState.ToSend)
        .To([ClaimState.ToSend, ClaimState.ToCorrect, ClaimState.Held], "check", BillingPermissions.Claims, Left, canBeTakenBack: false);

    /// <summary>The charges are open, or a rejected claim is mended: it is judged anew before it goes.</summary>
    public static readonly Step<Claim, ClaimState> Correct = All.From(ClaimState.ToCheck, ClaimState.ToCorrect, ClaimState.Held, ClaimState.ToSend,
        ClaimState.Rejected)
        .To(ClaimState.ToCheck, "correct", BillingPermissions.Claims, Left, canBeTakenBack: false);

    public static readonly Step<Claim, ClaimState> Hold = All.From(ClaimState.ToSend)
        .To(ClaimState.Held, "hold", BillingPermissions.Claims, c => c.IsUnsent ? "Only a claim that may go is held back." : Left(c),
            canBeTakenBack: false);

    public static readonly Step<Claim, ClaimState> Release = All.From(ClaimState.Held)
        .To(ClaimState.ToSend, "release", BillingPermissions.Claims, _ => "It is not held.", canBeTakenBack: false);

    public static readonly Step<Claim, ClaimState> Send = All.From(ClaimState.ToSend)
        .To(ClaimState.Sent, "send", BillingPermissions.Claims, c => c.IsUnsent ? "Only a claim that was checked and is not held is sent." : Left(c),
            canBeTakenBack: false);

    /// <summary>Its batch was taken back before anybody received it.</summary>
    public static readonly Step<Claim, ClaimState> Recall = All.From(ClaimState.Sent)
        .To(ClaimState.ToSend, "recall", BillingPermissions.Claims, _ => "Somebody has answered already: it cannot be taken back.",
            canBeTakenBack: false);

    public static readonly Step<Claim, ClaimState> Receive = All.From(ClaimState.Sent)
        .To(ClaimState.Received, "receive", BillingPermissions.Claims, NotWaiting, canBeTakenBack: false);

    public static readonly Step<Claim, ClaimState> Accept = All.From(ClaimState.Sent, ClaimState.Received)
        .To([ClaimState.Accepted, ClaimState.Received], "accept", BillingPermissions.Claims, NotWaiting, canBeTakenBack: false);

    public static readonly Step<Claim, ClaimState> Reject = All.From(ClaimState.Sent, ClaimState.Received, ClaimState.Accepted)
        .To(ClaimState.Rejected, "reject", BillingPermissions.Claims, NotWaiting, canBeTakenBack: false);

    public static readonly Step<Claim, ClaimState> Decide = All.From(ClaimState.Sent, ClaimState.Received, ClaimState.Accepted)
        .To(ClaimState.Decided, "decide", BillingPermissions.Claims, NotWaiting, canBeTakenBack: false);

    /// <summary>Another claim took its place.</summary>
    public static readonly Step<Claim, ClaimState> Close = All.From(ClaimState.Decided)
        .To(ClaimState.Closed, "close", BillingPermissions.Claims, _ => "Only a decided claim is closed.", canBeTakenBack: false);

    public static readonly Step<Claim, ClaimState> Cancel = All.From(ClaimState.ToCheck, ClaimState.ToCorrect, ClaimState.Held, ClaimState.ToSend,
        ClaimState.Rejected)
        .To(ClaimState.Void, "void", BillingPermissions.Claims, Left, canBeTakenBack: false);

    private static string Left(Claim c) => c.State is ClaimState.Closed or ClaimState.Void
        ? $"The claim is {c.State.Title().ToLowerInvariant()} already."
        : $"The claim is {c.State.Title().ToLowerInvariant()}: the payer may have it. Wait for the answer, then correct it.";

    private static string NotWaiting(Claim c) => $"The claim waits for no answer: it is {c.State.Title().ToLowerInvariant()}.";
}
