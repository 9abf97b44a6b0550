using Modular.Patients.Messages;
using Modular.Sdk;

namespace Modular.Patients.Coverages;

/// <summary>Who pays: an insurer or program. Its identity is the patients module's; its rules and money are billing's.</summary>
public sealed class Payer : IVersioned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public string Name { get; set; } = "";
    public string? PayerNumber { get; set; }
    public string? Address { get; set; }
    public string? City { get; set; }
    public string? State { get; set; }
    public string? Zip { get; set; }
    public string? Phone { get; set; }

    /// <summary>One of <see cref="ClaimFiling.Codes"/>; null: nobody asked yet.</summary>
    public string? ClaimFilingCode { get; set; }
    public bool Active { get; set; } = true;
    public string? SourceSystem { get; set; }
    public string? SourceId { get; set; }

    public PayerChanged Changed() => new(Id, Version, Name, PayerNumber, Address, City, State, Zip, Phone, ClaimFilingCode, Active);
}
