namespace Modular.Billing.Codes;

/// <summary>One edition of a published set on its way into the practice, and what became of it.</summary>
public sealed class CodeLoad
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>One of <see cref="CodeFiles.All"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The first day of the edition.</summary>
    public DateOnly EffectiveOn { get; init; }
    public required string FileName { get; init; }
    public required string Sha256 { get; init; }
    public int Lines { get; init; }

    /// <summary>Lines that are taken over.</summary>
    public int Position { get; set; }
    public int Added { get; set; }
    public int Changed { get; set; }
    public int Ended { get; set; }

    /// <summary>Its progress.</summary>
    public Guid Work { get; init; }
    public DateTimeOffset LoadedAt { get; init; }
    public required string LoadedBy { get; init; }
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Somebody stopped it; the same file may come again.</summary>
    public bool Canceled { get; set; }
}
