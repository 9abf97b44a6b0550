using Modular.Billing.Answers;
using Modular.Billing.Claims;

namespace Modular.Tests.Billing.Answers;

/// <summary>Files come late, twice and in any order: the claim ends in the same state.</summary>
public sealed class AnswerOrderTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 3, 12, 0, 0, TimeSpan.Zero);

    private static readonly AnswerLine Taken = new(AnswerKind.Ack999, AnswerVerdict.Received, "The set was taken");
    private static readonly AnswerLine House = new(AnswerKind.Acknowledgment, AnswerVerdict.Accepted, "Accepted") { Speaker = "House" };
    private static readonly AnswerLine Payer = new(AnswerKind.Acknowledgment, AnswerVerdict.Accepted, "Accepted") { FromPayer = true, PayerNumber = "P77" };
    private static readonly AnswerLine Missing = new(AnswerKind.Acknowledgment, AnswerVerdict.Open, "Not found");
    private static readonly AnswerLine Refused = new(AnswerKind.Acknowledgment, AnswerVerdict.Rejected, "Rejected") { FromPayer = true };

    public static TheoryData<ClaimState, int[]> Ends => new()
    {
        { ClaimState.Received, [0, 1, 3] }, { ClaimState.Accepted, [0, 1, 2, 3] }, { ClaimState.Rejected, [0, 1, 2, 3, 4] }, { ClaimState.Rejected, [0, 4] },
        { ClaimState.Sent, [3] },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public void Every_order_with_every_answer_once_or_twice_ends_in_one_state(ClaimState end, int[] answers)
    {
        AnswerLine[] all = [Taken, House, Payer, Missing, Refused];
        foreach (var order in Orders(answers))
        {
            foreach (var times in new[] { 1, 2 })
            {
                var claim = Sent();
                foreach (var line in Enumerable.Repeat(order, times).SelectMany(o => o))
                {
                    ClaimAnswer.Of(all[line], File, 1, claim.Id).Move(claim, "test");
                }

                Assert.Equal(end, claim.State);
            }
        }
    }

    [Fact]
    public void What_changed_nothing_says_so()
    {
        var claim = Sent();
        var (first, second) = (ClaimAnswer.Of(Refused, File, 1, claim.Id), ClaimAnswer.Of(Payer, File, 2, claim.Id));
        first.Move(claim, "test");
        second.Move(claim, "test");

        Assert.Equal((true, false, ClaimState.Rejected), (first.Moved, second.Moved, claim.State));
    }

    [Fact]
    public void Only_the_payer_s_acceptance_proves_that_it_was_filed()
    {
        AnswerLine[] all = [Taken, House, Payer, Missing, Refused];
        Assert.Equal([false, false, true, false, false], all.Select(l => ClaimAnswer.Of(l, File, 1, null).ProvesFiling));
    }

    private static AnswerFile File => new() { Name = "a", Content = [1], Hash = new('a', 64), CameAt = Now, CameBy = "test" };

    private static Claim Sent()
    {
        var claim = new Claim
        {
            Number = "1", EncounterId = Guid.NewGuid(), LocationId = Guid.NewGuid(), Zone = "America/New_York", PatientId = Guid.NewGuid(), PatientName = "Vale, Ada",
            EntityId = Guid.NewGuid(), RenderingId = Guid.NewGuid(), PayerId = Guid.NewGuid(), Payer = "Payer", CoverageId = Guid.NewGuid(), Rank = 1, Total = 150,
            ServiceFrom = new(2026, 1, 1), ServiceTo = new(2026, 1, 1), DueOn = new(2026, 1, 2),
        };
        Assert.Null(claim.Checked([], null, Now, "test"));
        Assert.Null(claim.Send("in a batch", Now, "test"));
        return claim;
    }

    private static IEnumerable<int[]> Orders(int[] of) => of.Length < 2 ? [of]
        : of.SelectMany(first => Orders([.. of.Where(o => o != first)]).Select(rest => (int[])[first, .. rest]));
}
