using System.ComponentModel.DataAnnotations;

namespace Modular.Host.Settings;

/// <summary>The host's own settings of a practice.</summary>
public sealed class PracticeSettings
{
    [Display(Name = "Largest file, in MB", Description = "Documents and pictures above this size are refused.")]
    [Range(1, 25)]
    public int LargestFile { get; init; } = 20;
}
