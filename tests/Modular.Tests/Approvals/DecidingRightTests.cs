using Modular.Host.Approvals;
using Modular.Sdk;

namespace Modular.Tests.Approvals;

/// <summary>Who may decide what, as a rule without a database.</summary>
public sealed class DecidingRightTests
{
    private static readonly Guid Asker = Guid.CreateVersion7(), Other = Guid.CreateVersion7();

    private static Approval Request(decimal? amount = null) => new()
    {
        Kind = "billing.write-off", Key = "1", Permission = "billing.claim.write-off", Subject = "Write off 1", Reason = "Small balance", Link = "/",
        Amount = amount, AskedById = Asker, AskedBy = "Nora", AskedAt = DateTimeOffset.UnixEpoch,
    };

    private static DecidingRight Right(string role, Guid? person = null, bool permitted = true) =>
        new(person ?? Other, "Eli", [role], permitted ? new HashSet<string> { "billing.claim.write-off" } : new HashSet<string>());

    private static ApprovalLimit Limit(string role, decimal? upTo) => new() { Kind = "billing.write-off", Role = role, UpTo = upTo };

    [Fact]
    public void Nobody_decides_what_they_asked_for_whatever_their_role() =>
        Assert.Equal("You asked for this yourself, so somebody else decides.", Right(Roles.Owner, Asker).FaultOf(Request(), []));

    [Fact]
    public void Without_limits_whoever_has_the_permission_decides_any_amount()
    {
        Assert.Null(Right(Roles.Biller).FaultOf(Request(1_000_000), []));
        Assert.NotNull(Right(Roles.Biller, permitted: false).FaultOf(Request(1), []));
    }

    [Theory]
    [InlineData(500, null)]
    [InlineData(500.01, "This is above your limit of $500.00.")]
    public void A_limit_is_reached_and_not_passed(double amount, string? fault) =>
        Assert.Equal(fault, Right(Roles.Biller).FaultOf(Request((decimal)amount), [Limit(Roles.Biller, 500), Limit(Roles.Manager, null)]));

    [Fact]
    public void Once_a_role_has_a_limit_other_roles_decide_nothing_and_the_owner_everything()
    {
        ApprovalLimit[] limits = [Limit(Roles.Manager, null)];

        Assert.Null(Right(Roles.Manager).FaultOf(Request(1_000_000), limits));
        Assert.Equal("The practice has given this decision to other roles.", Right(Roles.Biller).FaultOf(Request(1), limits));
        Assert.Null(Right(Roles.Owner).FaultOf(Request(1_000_000), limits));
    }
}
