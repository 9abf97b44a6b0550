using System.ComponentModel.DataAnnotations;

namespace Modular.Scheduling;

/// <summary>How a practice, or one of its locations, schedules.</summary>
public sealed class SchedulingSettings
{
    /// <summary>Minutes between the starts that are offered: 5, 10 or 15.</summary>
    [Display(Name = "Minutes between starts")]
    [AllowedValues(5, 10, 15)]
    public int StepMinutes { get; set; } = 10;

    /// <summary>A patient who has not arrived this long after the start is shown as late.</summary>
    [Display(Name = "Late after, minutes")]
    [Range(1, 60)]
    public int LateAfterMinutes { get; set; } = 10;

    /// <summary>A patient seen here within so many years is established; three is what payers count (CPT, evaluation and management).</summary>
    [Display(Name = "Established after a visit within, years")]
    [Range(1, 10)]
    public int EstablishedYears { get; set; } = 3;

    [Display(Name = "Waiting too long after, minutes")]
    [Range(1, 120)]
    public int WaitLimit { get; set; } = 15;

    [Display(Name = "In a room without the provider too long after, minutes")]
    [Range(1, 120)]
    public int RoomLimit { get; set; } = 15;

    [Display(Name = "With the provider too long after, minutes")]
    [Range(1, 240)]
    public int ProviderLimit { get; set; } = 40;

    [Display(Name = "At check-out too long after, minutes")]
    [Range(1, 120)]
    public int CheckOutLimit { get; set; } = 10;
}
