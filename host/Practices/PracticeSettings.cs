using System.ComponentModel.DataAnnotations;
using Modular.Host.Settings;

namespace Modular.Host.Practices;

/// <summary>The host's own settings of a practice.</summary>
public sealed class PracticeSettings
{
    [Display(Name = "Largest file, in MB", Description = "Documents and pictures above this size are refused.")]
    [Range(1, 25)]
    public int LargestFile { get; init; } = 20;

    [Display(Name = "Keep the access log, in years", Description = "Older months of who saw and changed what are dropped. The law asks for six years; state law may ask for more.")]
    [Range(6, 100)]
    public int KeepLogYears { get; init; } = 7;

    [Display(Name = "Lock after, in minutes", Description = "Without a click for this long a person's page locks; what stood on it stays.")]
    [Range(2, 60)]
    public int LockAfter { get; init; } = 15;

    [Display(Name = "Sign that scanners send first", Description = "One of ~ ^ | \\ and `, as set up in your hand scanners. Then a code is known wherever the cursor stands; without it, by how fast it comes.")]
    [RegularExpression(@"[~^|\\`]", ErrorMessage = "One of ~ ^ | \\ and `, or nothing.")]
    public string ScannerPrefix { get; init; } = "";
}
