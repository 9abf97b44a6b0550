using System.ComponentModel.DataAnnotations;

namespace Modular.Billing.Encounters;

/// <summary>How far the charges of an encounter have come.</summary>
public enum EncounterState
{
    /// <summary>The patient was seen, and nothing is charged yet.</summary>
    [Display(Name = "To enter")] Open,

    /// <summary>Somebody is at it: what is entered may be changed.</summary>
    [Display(Name = "Entered")] Entered,

    /// <summary>Closed and posted; a correction opens it again and is posted as new entries.</summary>
    [Display(Name = "Ready")] Ready,

    /// <summary>Nothing is charged, for a reason.</summary>
    [Display(Name = "No charge")] NoCharge,

    /// <summary>It was not what it said: the check-out was taken back, or it was entered by mistake.</summary>
    [Display(Name = "Void")] Void,
}
