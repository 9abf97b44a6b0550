using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;

namespace Modular.Sdk;

/// <summary>The sentences of the framework's own checks, in the office's words; an attribute with its own message keeps it.</summary>
public sealed class PlainWords : IValidationMetadataProvider
{
    public const string Needed = "Fill this in.";

    public void CreateValidationMetadata(ValidationMetadataProviderContext context)
    {
        foreach (var rule in context.ValidationMetadata.ValidatorMetadata.OfType<ValidationAttribute>().Where(SaysNothingOfItsOwn))
        {
            rule.ErrorMessage = rule switch
            {
                RequiredAttribute => Needed,
                StringLengthAttribute { MinimumLength: > 0 } => "Between {2} and {1} characters.",
                StringLengthAttribute or MaxLengthAttribute => "At most {1} characters.",
                MinLengthAttribute => "At least {1} characters.",
                RangeAttribute => "Between {1} and {2}.",
                EmailAddressAttribute => "Not an email address. Try name@example.com.",
                _ => "That does not fit here.",
            };
        }
    }

    // The attribute for addresses carries the framework's sentence as its own.
    private static readonly string? FrameworksEmail = new EmailAddressAttribute().ErrorMessage;

    private static bool SaysNothingOfItsOwn(ValidationAttribute rule) =>
        rule.ErrorMessageResourceName is null && (rule.ErrorMessage is null || (rule is EmailAddressAttribute && rule.ErrorMessage == FrameworksEmail));

    public static void Words(MvcOptions mvc)
    {
        var say = mvc.ModelBindingMessageProvider;
        say.SetAttemptedValueIsInvalidAccessor((value, _) => $"“{value}” does not fit here.");
        say.SetNonPropertyAttemptedValueIsInvalidAccessor(value => $"“{value}” does not fit here.");
        say.SetValueIsInvalidAccessor(value => $"“{value}” does not fit here.");
        say.SetValueMustBeANumberAccessor(_ => "Not a number.");
        say.SetNonPropertyValueMustBeANumberAccessor(() => "Not a number.");
        say.SetValueMustNotBeNullAccessor(_ => Needed);
        say.SetMissingBindRequiredValueAccessor(_ => Needed);
    }
}
