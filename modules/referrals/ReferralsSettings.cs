using System.ComponentModel.DataAnnotations;

namespace Modular.Referrals;

/// <summary>What a practice, or one of its locations, decides: by when each step is expected. A change holds from the next step of each referral on.</summary>
public sealed class ReferralsSettings
{
    [Display(Name = "Routine: appointment within, days", Description = "From the day it is written until the specialist gave an appointment.")]
    [Range(1, 180)]
    public int RoutineDays { get; set; } = 14;

    [Display(Name = "Urgent: appointment within, days")]
    [Range(1, 30)]
    public int UrgentDays { get; set; } = 3;

    [Display(Name = "Reply expected within, days", Description = "From the day the specialist saw the patient.")]
    [Range(1, 180)]
    public int ReplyDays { get; set; } = 21;

    [Display(Name = "Reply read within, days", Description = "From the day it came until somebody closes the referral.")]
    [Range(1, 60)]
    public int CloseDays { get; set; } = 5;

    [Display(Name = "No-show: patient called within, days")]
    [Range(1, 30)]
    public int MissedDays { get; set; } = 3;

    /// <summary>An emergency is due the same day; nobody sets that otherwise.</summary>
    public int DaysFor(string urgency) => urgency switch { Referrals.Urgency.Emergency => 0, Referrals.Urgency.Urgent => UrgentDays, _ => RoutineDays };
}
