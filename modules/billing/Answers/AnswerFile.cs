using System.ComponentModel.DataAnnotations;
using Modular.Sdk;

namespace Modular.Billing.Answers;

public enum AnswerFileState
{
    [Display(Name = "To read")] ToRead,
    [Display(Name = "Read")] Read,

    /// <summary>Nothing of it could be read.</summary>
    [Display(Name = "Unreadable")] Unreadable,

    /// <summary>It carries payments alone: it is kept, and not posted.</summary>
    [Display(Name = "Remittance")] Remittance,
}

/// <summary>A file that came from a payer or clearing house, as it came.</summary>
public sealed class AnswerFile : IVersioned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public required string Name { get; init; }
    [NotLogged]
    public required byte[] Content { get; init; }

    /// <summary>SHA-256 of <see cref="Content"/>: the same file comes once.</summary>
    public required string Hash { get; init; }

    /// <summary>Null when a person uploaded it.</summary>
    public Guid? RouteId { get; init; }
    public required DateTimeOffset CameAt { get; init; }
    public required string CameBy { get; init; }
    public AnswerFileState State { get; set; }

    /// <summary>What could not be read of it, in sentences.</summary>
    public string? Said { get; set; }

    public string Url => $"/billing/answers/{Id}";
}
