using System.ComponentModel.DataAnnotations;

namespace Modular.Billing.Eligibility;

/// <summary>By what names the practice and its clearing house know each other in eligibility files.</summary>
public sealed class EligibilitySettings
{
    [Display(Name = "Your ID with the clearing house", Description = "ISA06 of a 270, at most 15 characters. Questions can be written once it is there.")]
    [StringLength(15), RegularExpression("[A-Z0-9 ]*", ErrorMessage = "Capital letters and digits.")]
    public string Sender { get; set; } = "";

    [Display(Name = "The clearing house's ID", Description = "ISA08 of a 270.")]
    [StringLength(15), RegularExpression("[A-Z0-9 ]*", ErrorMessage = "Capital letters and digits.")]
    public string Receiver { get; set; } = "";

    [Display(Name = "Test files", Description = "Marks each 270 as a test (ISA15 T).")]
    public bool Test { get; set; }
}
