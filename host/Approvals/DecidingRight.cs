using Modular.Sdk;

namespace Modular.Host.Approvals;

/// <summary>The right of one person to decide: one's own, or that of somebody who is away and named a stand-in.</summary>
public sealed record DecidingRight(Guid PersonId, string Name, IReadOnlyCollection<string> Roles, IReadOnlySet<string> Permissions)
{
    /// <summary>Why this right does not reach a request; null when it does.</summary>
    /// <param name="limits">Of the kind; none leaves it to the permission.</param>
    public string? FaultOf(Approval request, IReadOnlyCollection<ApprovalLimit> limits)
    {
        if (PersonId == request.AskedById)
        {
            return "You asked for this yourself, so somebody else decides.";
        }

        if (!Permissions.Contains(request.Permission))
        {
            return "Your roles do not include deciding this.";
        }

        // The owner answers for the practice; a limit is for those the owner set it for.
        if (limits.Count == 0 || Roles.Contains(Sdk.Roles.Owner))
        {
            return null;
        }

        var mine = limits.Where(l => Roles.Contains(l.Role)).ToList();
        return mine.Count == 0 ? "The practice has given this decision to other roles."
            : mine.Any(l => l.UpTo is null || request.Amount is null || request.Amount <= l.UpTo) ? null
            : $"This is above your limit of {Said.Money(mine.Max(l => l.UpTo!.Value))}.";
    }
}
