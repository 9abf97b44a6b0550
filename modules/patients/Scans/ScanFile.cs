using Modular.Sdk;

namespace Modular.Patients.Scans;

/// <summary>A file as it came, kept whole until all that was split from it has been filed or thrown away for a month.</summary>
public sealed class ScanFile : IAtLocation
{
    public const string Folder = "folder";
    public const string Added = "added";

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid LocationId { get; init; }
    public Guid FileId { get; init; }
    public string Name { get; init; } = "";
    public string Sha256 { get; init; } = "";
    public string Type { get; init; } = "";
    public int Pages { get; init; }
    public string Source { get; init; } = Folder;
    public DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Who added it by hand; null for the folder.</summary>
    public string? ReceivedBy { get; init; }
}

/// <summary>One page of a file; it belongs to exactly one document. What is left out or split is logged with the document.</summary>
[NotLogged]
public sealed class ScanPage
{
    public Guid ScanFileId { get; init; }
    public int Number { get; init; }
    public Guid ScanId { get; set; }

    /// <summary>Degrees clockwise.</summary>
    public int Turn { get; set; }

    /// <summary>Left out of what is filed: a blank back, a cover sheet.</summary>
    public bool Dropped { get; set; }

    /// <summary>True when the page is wider than high in the file, so that the preview has the right shape before it arrives.</summary>
    public bool Wide { get; init; }

    public bool WideAsShown => Wide ^ Turn is 90 or 270;
}

/// <summary>A file that could not be taken, and why.</summary>
public sealed class ScanRefusal : IVersioned, IAtLocation
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public int Version { get; set; }
    public Guid LocationId { get; init; }
    public string Name { get; init; } = "";
    public string Reason { get; init; } = "";
    public DateTimeOffset RefusedAt { get; init; }
    public DateTimeOffset? SeenAt { get; set; }
    public string? SeenBy { get; set; }
}
