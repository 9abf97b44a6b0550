using System.ComponentModel.DataAnnotations;
using Modular.Sdk;

namespace Modular.Scheduling.Appointments;

public enum VisitStatus
{
    Booked,
    [Display(Name = "Here")] Arrived,
    CheckedOut,
    Canceled,
    [Display(Name = "No-show")] NoShow,
}

/// <summary>How far a patient who is here has come.</summary>
public enum Stage
{
    Waiting,
    Roomed,
    WithProvider,
    CheckOut,
}

/// <summary>States in the middle of a sentence about the patient.</summary>
public static class VisitWords
{
    public static string Words(this VisitStatus status) => status switch
    {
        VisitStatus.CheckedOut => "checked out",
        VisitStatus.NoShow => "marked as a no-show",
        _ => status.Text(),
    };

    public static string Words(this Stage stage) => stage switch
    {
        Stage.Roomed => "in a room",
        Stage.WithProvider => "with the provider",
        Stage.CheckOut => "ready for check-out",
        _ => "waiting",
    };

    /// <summary>ok, bad or neutral.</summary>
    public static string Tone(this VisitStatus status) => status switch
    {
        VisitStatus.Arrived => "ok",
        VisitStatus.Canceled or VisitStatus.NoShow => "bad",
        _ => "",
    };
}
