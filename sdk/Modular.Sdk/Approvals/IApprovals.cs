namespace Modular.Sdk;

/// <summary>Asks another person to decide; the answer comes as <see cref="Core.ApprovalDecided"/>.</summary>
public interface IApprovals
{
    /// <summary>Puts the request before those who may decide it, in the write that is open, or in one of its own.</summary>
    /// <param name="kind">Declared with <see cref="ModuleBuilder.Approval"/>.</param>
    /// <returns>Why it was not asked for, in a sentence (the same waits already, a program asks); null when it was.</returns>
    /// <example><code>
    /// var refusal = await approvals.AskAsync(
    ///     WriteOff.Kind, new($"{claim.Id}", $"Write off {claim.Number}", why, $"/billing/claims/{claim.Id}", amount), ct);
    /// </code></example>
    Task<string?> AskAsync(ApprovalKind kind, ApprovalRequest request, CancellationToken ct = default);
}
