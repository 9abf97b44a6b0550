using Modular.Billing.Claims;
using Modular.Billing.Payers;
using Modular.Tests.Harness;

namespace Modular.Tests.Billing.Claims;

/// <summary>The steps of a claim as plain objects, and when it may be corrected.</summary>
public sealed class ClaimRuleTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 11, 14, 0, 0, TimeSpan.Zero);

    [Fact]
    public void No_order_of_steps_leaves_the_graph() => StepLaws.Hold(
        ClaimSteps.All, Made, c => c.State, c => c.History,
        [
            c => c.Checked([], null, Now, "Bea"), c => c.Checked(["No NPI."], null, Now, "Bea"), c => c.Checked([], "Not enrolled.", Now, "Bea"),
            c => c.Hold("Waits", Now, "Bea"), c => c.Hold(null, Now, "Bea"), c => c.Release("By phone", Now, "Bea"), c => c.Release(null, Now, "Bea"),
            c => c.Send("in batch 1", Now, "Bea"), c => c.Recall("Taken back", Now, "Bea"), c => c.MarkReceived("999 accepted", Now, "Payer"),
            c => c.Accept("Accepted", "P1", true, Now, "Payer"), c => c.Accept("Accepted", null, false, Now, "House"), c => c.Reject("No member", Now, "Payer"),
            c => c.Decide("Paid", "P1", Now, "Payer"), c => c.Close("Replaced", Now, "Bea"), c => c.Correct("Modifier", Now, "Bea"), c => c.Correct(null, Now, "Bea"),
            c => c.Cancel("Twice", Now, "Bea"), c => c.Cancel(null, Now, "Bea"),
        ],
        c => ClaimSteps.All.TakeBack(c, Now, "Bea"));

    [Fact]
    public void What_a_person_released_is_not_held_again_for_want_of_enrollment_but_a_fault_still_stops_it()
    {
        var claim = Made();
        claim.Checked([], "Not enrolled.", Now, "Bea");
        Assert.Equal((ClaimState.Held, "Not enrolled."), (claim.State, claim.HeldReason));
        claim.Release("Approved by phone", Now, "Bea");
        claim.Checked([], "Not enrolled.", Now, "Bea");
        Assert.Equal((ClaimState.ToSend, null), (claim.State, claim.HeldReason));

        claim.Checked(["The patient has no address."], "Not enrolled.", Now, "Bea");

        Assert.Equal(ClaimState.ToCorrect, claim.State);
        Assert.NotNull(claim.Send("in batch 1", Now, "Bea"));
    }

    [Fact]
    public void A_rejected_claim_goes_again_as_an_original_and_only_a_decided_one_is_replaced()
    {
        var claim = Sent();
        claim.Reject("No such member", Now, "Payer");
        Assert.Contains("as an original", CorrectedFrequency.Refusal(claim, Takes(true), "7"), StringComparison.Ordinal);
        Assert.Null(claim.Correct("Member id", Now, "Bea"));
        Assert.Equal((ClaimState.ToCheck, "1"), (claim.State, claim.Frequency));

        var decided = Sent();
        Assert.NotNull(CorrectedFrequency.Refusal(decided, Takes(true), "7"));
        decided.Decide("Denied: modifier", null, Now, "Payer");
        Assert.Contains("number", CorrectedFrequency.Refusal(decided, Takes(true), "7"), StringComparison.Ordinal);
        decided.PayerClaimNumber = "P1";
        Assert.Null(CorrectedFrequency.Refusal(decided, Takes(true), "7"));
        Assert.Null(CorrectedFrequency.Refusal(decided, Takes(true), "8"));
        // Medicare Part B takes neither.
        Assert.NotNull(CorrectedFrequency.Refusal(decided, Takes(false), "7"));
        Assert.NotNull(CorrectedFrequency.Refusal(decided, Takes(false), "8"));
    }

    private static PayerRule Takes(bool corrected) => new() { Source = "Test", Replacement = corrected, Void = corrected };

    private static Claim Sent()
    {
        var claim = Made();
        claim.Checked([], null, Now, "Bea");
        claim.Send("in batch 1", Now, "Bea");
        return claim;
    }

    private static Claim Made() => new()
    {
        Number = "100001", EncounterId = Guid.NewGuid(), LocationId = Guid.NewGuid(), Zone = "America/New_York", PatientId = Guid.NewGuid(), PatientName = "Vale, Ada",
        EntityId = Guid.NewGuid(), RenderingId = Guid.NewGuid(), PayerId = Guid.NewGuid(), Payer = "Harbor", CoverageId = Guid.NewGuid(), Rank = 1, Total = 128,
        ServiceFrom = new(2026, 6, 10), ServiceTo = new(2026, 6, 10), DueOn = new(2026, 6, 12),
    };
}
