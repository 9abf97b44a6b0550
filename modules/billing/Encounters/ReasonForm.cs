using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;

namespace Modular.Billing.Encounters;

/// <summary>A step that needs a reason.</summary>
public sealed class ReasonForm
{
    public int Version { get; set; }

    /// <summary>no-charge or void, where there is a choice.</summary>
    public string? How { get; set; }
    public string? Reason { get; set; }

    [BindNever, ValidateNever]
    public Encounter Encounter { get; set; } = null!;
}
