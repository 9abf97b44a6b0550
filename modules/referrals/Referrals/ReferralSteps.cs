using Modular.Sdk;

namespace Modular.Referrals.Referrals;

/// <summary>
/// Which step may follow on which, who may take it, and what is said when it cannot be taken. What each needs beside is in ReferralProgress.cs.
/// </summary>
public static class ReferralSteps
{
    public static readonly Steps<Referral, Step> All = new("referral", r => r.Step, r => r.Changes);

    /// <summary>While the plan has not answered it stays written.</summary>
    public static readonly Step<Referral, Step> Check = All.From(Step.Written, Step.Checked)
        .To([Step.Checked, Step.Written], "check", ReferralsPermissions.Send, r => Past(r, "the coverage"));

    public static readonly Step<Referral, Step> Send = All.From(Step.Written, Step.Checked)
        .To(Step.Sent, "send", ReferralsPermissions.Send, r => Past(r, "the letter"));

    public static readonly Step<Referral, Step> Book = All.From(Step.Sent, Step.Booked, Step.Missed)
        .To(Step.Booked, "book", ReferralsPermissions.Send, r => NotSent(r) ?? Past(r, "the appointment"));

    public static readonly Step<Referral, Step> Tell = All.From(Step.Booked)
        .Stays("tell", ReferralsPermissions.Send, r => Referral.Told(r) ?? "There is no appointment to tell of.");

    public static readonly Step<Referral, Step> See = All.From(Step.Booked, Step.Sent, Step.Missed)
        .To(Step.Seen, "see", ReferralsPermissions.Send, r => NotSent(r) ?? Past(r, "the visit"));

    public static readonly Step<Referral, Step> Miss = All.From(Step.Booked)
        .To(Step.Missed, "miss", ReferralsPermissions.Send, _ => "There is no appointment to miss.");

    public static readonly Step<Referral, Step> Receive = All.From(Step.Sent, Step.Booked, Step.Missed, Step.Seen, Step.Replied)
        .To(Step.Replied, "receive", ReferralsPermissions.Send,
            r => NotSent(r) is null ? Past(r, "the reply") : "Send the letter first; nobody replies to what was not sent.");

    public static readonly Step<Referral, Step> Close = All.From(Step.Replied)
        .To(Step.Closed, "close", ReferralsPermissions.Close,
            r => r.IsOpen ? "It is closed once the reply is here; without one, cancel it with a reason." : Past(r, "this"));

    private static readonly Step[] Open = [Step.Written, Step.Checked, Step.Sent, Step.Booked, Step.Missed, Step.Seen, Step.Replied];

    public static readonly Step<Referral, Step> LookAfter = All.From(Open)
        .Stays("look-after", ReferralsPermissions.Send, r => Past(r, "this"), canBeTakenBack: false);

    public static readonly Step<Referral, Step> End = All.From(Open)
        .To([Step.Canceled, Step.Declined], "end", ReferralsPermissions.Write, r => Past(r, "this"));

    private static string? NotSent(Referral r) => r.Step is Step.Written or Step.Checked ? "Send the letter first." : null;

    private static string Past(Referral r, string what) =>
        $"This referral is past that: {what} cannot be changed, it is {r.Step.Title().ToLowerInvariant()}.";
}
