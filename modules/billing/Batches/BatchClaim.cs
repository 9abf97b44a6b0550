using Modular.Sdk;

namespace Modular.Billing.Batches;

/// <summary>A claim in a batch.</summary>
[NotLogged]
public sealed class BatchClaim
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid BatchId { get; init; }
    public required Guid ClaimId { get; init; }

    /// <summary>ST02 of the set it stands in.</summary>
    public required string SetNumber { get; init; }

    /// <summary>False once the batch is taken back, or the claim rejected and sent again.</summary>
    public bool Live { get; set; } = true;
}
