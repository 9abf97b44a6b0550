using System.ComponentModel.DataAnnotations;

namespace Modular.Newmodule;

/// <summary>What a practice, or one of its locations, decides.</summary>
public sealed class NewmoduleSettings
{
    [Display(Name = "Overdue after, days", Description = "From the day after, a request that is not done is marked as overdue.")]
    [Range(1, 365)]
    public int OverdueAfterDays { get; set; } = 14;
}
