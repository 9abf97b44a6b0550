using Modular.Sdk;

namespace Modular.Billing.Claims;

/// <summary>What each step changes, and what it needs beside the state it begins in.</summary>
public sealed partial class Claim
{
    public void Begin(string said, DateTimeOffset now, string by) => ClaimSteps.All.Note(this, now, by, said, "info");

    /// <param name="faults">Why it would be refused; empty when it may go.</param>
    /// <param name="heldReason">Why it is kept back although nothing is wrong with it; a person's own hold stays.</param>
    public string? Checked(IReadOnlyList<string> faults, string? heldReason, DateTimeOffset now, string by) =>
        ClaimSteps.Check.Take(this, now, by, _ =>
        {
            if (faults.Count > 0)
            {
                (Faults, HeldReason) = ([.. faults], null);
                return StepOutcome.Taken($"{Said.Many(faults.Count, "fault")}: {faults[0]}", "bad", ClaimState.ToCorrect);
            }

            Faults = [];
            HeldReason = Released ? null : heldReason;
            return HeldReason is null ? StepOutcome.Taken("Checked: it may go", "ok", ClaimState.ToSend)
                : StepOutcome.Taken($"Held: {HeldReason}", "warn", ClaimState.Held);
        });

    public string? Hold(string? reason, DateTimeOffset now, string by) => ClaimSteps.Hold.Take(this, now, by, _ =>
    {
        if (reason is null)
        {
            return StepOutcome.Refused("Say why it is held.");
        }

        (HeldReason, Released) = (reason, false);
        return StepOutcome.Taken($"Held: {reason}", "warn");
    });

    public string? Release(string? reason, DateTimeOffset now, string by) => ClaimSteps.Release.Take(this, now, by, _ =>
    {
        if (reason is null)
        {
            return StepOutcome.Refused("Say why it may go.");
        }

        (HeldReason, Released) = (null, true);
        return StepOutcome.Taken($"Released: {reason}", "ok");
    });

    /// <param name="how">"in batch 12", "keyed at the payer's website", "on paper".</param>
    public string? Send(string how, DateTimeOffset now, string by) =>
        ClaimSteps.Send.Take(this, now, by, _ => StepOutcome.Taken($"Sent {how}", "info"));

    public string? Recall(string said, DateTimeOffset now, string by) =>
        ClaimSteps.Recall.Take(this, now, by, _ => StepOutcome.Taken(said, "warn"));

    /// <param name="said">What the answer said, in words.</param>
    public string? MarkReceived(string said, DateTimeOffset at, string by) =>
        ClaimSteps.Receive.Take(this, at, by, _ => StepOutcome.Taken(said, "info"));

    /// <param name="payerNumber">The payer's own number, when it said one.</param>
    /// <param name="fromPayer">The payer itself speaks; of a clearing house's word it is received.</param>
    public string? Accept(string said, string? payerNumber, bool fromPayer, DateTimeOffset at, string by) =>
        ClaimSteps.Accept.Take(this, at, by, _ =>
        {
            Numbered(payerNumber);
            return StepOutcome.Taken(said, "ok", fromPayer ? ClaimState.Accepted : ClaimState.Received);
        });

    public string? Reject(string said, DateTimeOffset at, string by) => ClaimSteps.Reject.Take(this, at, by, _ => StepOutcome.Taken(said, "bad"));

    public string? Decide(string said, string? payerNumber, DateTimeOffset at, string by) => ClaimSteps.Decide.Take(this, at, by, _ =>
    {
        Numbered(payerNumber);
        return StepOutcome.Taken(said, "ok");
    });

    public string? Close(string said, DateTimeOffset at, string by) => ClaimSteps.Close.Take(this, at, by, _ => StepOutcome.Taken(said));

    public string? Correct(string? reason, DateTimeOffset now, string by) => ClaimSteps.Correct.Take(this, now, by, _ =>
    {
        if (reason is null)
        {
            return StepOutcome.Refused("Say what is corrected.");
        }

        (Faults, HeldReason, ChangedAfter) = ([], null, false);
        return StepOutcome.Taken($"To check again: {reason}", "info");
    });

    public string? Cancel(string? reason, DateTimeOffset now, string by) => ClaimSteps.Cancel.Take(this, now, by, _ =>
    {
        if (reason is null)
        {
            return StepOutcome.Refused("Say why it is void.");
        }

        (Faults, HeldReason) = ([], null);
        return StepOutcome.Taken($"Void: {reason}", "warn");
    });

    /// <summary>The charges changed while the payer has the claim.</summary>
    public void NoteChange(string said, DateTimeOffset now, string by)
    {
        ChangedAfter = true;
        ClaimSteps.All.Note(this, now, by, said, "warn");
    }

    private void Numbered(string? payerNumber) => PayerClaimNumber = string.IsNullOrWhiteSpace(payerNumber) ? PayerClaimNumber : payerNumber.Trim();
}
