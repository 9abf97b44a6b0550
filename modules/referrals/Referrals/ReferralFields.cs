using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;
using Modular.Referrals.Reactions;
using Modular.Referrals.Specialists;
using Modular.Sdk;
using Modular.Sdk.Core;

namespace Modular.Referrals.Referrals;

/// <summary>What is typed of a referral: to whom, why, how soon, who asks, who pays.</summary>
public class ReferralFields : SpecialistFields
{
    /// <summary>From the list; null for a name that is typed for the first time.</summary>
    [HiddenInput]
    public Guid? Specialist { get; set; }

    /// <summary>Of the referral, when its name stands as it was sent: the list may call them otherwise by now.</summary>
    [BindNever, ValidateNever]
    public Guid? KeptSpecialist { get; set; }

    [Required(ErrorMessage = "Type the specialist's name."), StringLength(120)]
    public string? SpecialistName { get; set; }

    [Required(ErrorMessage = "Say what the specialist is asked."), StringLength(1000)]
    public string? Reason { get; set; }

    [Required]
    public string Urgency { get; set; } = Referrals.Urgency.Routine;

    public Guid? AskedBy { get; set; }

    /// <summary>Null: the patient pays.</summary>
    public Guid? Coverage { get; set; }

    [BindNever, ValidateNever]
    public IReadOnlyList<KnownStaffMember> Providers { get; set; } = [];

    [BindNever, ValidateNever]
    public IReadOnlyList<KnownCoverage> Coverages { get; set; } = [];
}
