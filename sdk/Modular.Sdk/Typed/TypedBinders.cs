using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;
using Microsoft.Extensions.DependencyInjection;

namespace Modular.Sdk;

/// <summary>A date of birth: two digits of a year are never in the future, and neither is the date.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class BirthDateAttribute : Attribute
{
    internal static bool On(ModelMetadata metadata) =>
        (metadata as DefaultModelMetadata)?.Attributes.Attributes.Any(a => a is BirthDateAttribute) == true;
}

/// <summary>A phone number: bound to the form that is stored, refused with a sentence when it is none.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class PhoneNumberAttribute : Attribute
{
    internal static bool On(ModelMetadata metadata) =>
        (metadata as DefaultModelMetadata)?.Attributes.Attributes.Any(a => a is PhoneNumberAttribute) == true;
}

/// <summary>Binds dates, times, amounts and phone numbers in every form people type them; the host registers it for all slices.</summary>
public sealed class TypedBinders : IModelBinderProvider
{
    public IModelBinder? GetBinder(ModelBinderProviderContext context)
    {
        var type = context.Metadata.UnderlyingOrModelType;
        return type == typeof(DateOnly) ? new Binder(BirthDateAttribute.On(context.Metadata) ? Birth : Date)
            : type == typeof(TimeOnly) ? new Binder((text, _) => TypedTime.Read(text) is { } time ? (time, null) : (null, TypedTime.Hint))
            : type == typeof(decimal) ? new Binder((text, _) => TypedMoney.Read(text) is { } amount ? (amount, null) : (null, TypedMoney.Hint))
            : type == typeof(string) && PhoneNumberAttribute.On(context.Metadata) ? new Binder((text, _) => TypedPhone.Read(text) is { } phone ? (phone, null) : (null, TypedPhone.Hint))
            : null;
    }

    private static (object?, string?) Date(string text, IServiceProvider services) => TypedDate.Read(text, Today(services));

    private static (object?, string?) Birth(string text, IServiceProvider services) => TypedDate.Read(text, Today(services), birth: true);

    private static DateOnly Today(IServiceProvider services) =>
        WallTime.Today(services.GetRequiredService<TimeProvider>(), services.GetRequiredService<IPractice>().Zone);

    private sealed class Binder(Func<string, IServiceProvider, (object? Value, string? Fault)> read) : IModelBinder
    {
        public Task BindModelAsync(ModelBindingContext bindingContext)
        {
            var typed = bindingContext.ValueProvider.GetValue(bindingContext.ModelName);
            if (typed == ValueProviderResult.None)
            {
                return Task.CompletedTask;
            }

            bindingContext.ModelState.SetModelValue(bindingContext.ModelName, typed);
            if (string.IsNullOrWhiteSpace(typed.FirstValue))
            {
                if (bindingContext.ModelMetadata.IsReferenceOrNullableType)
                {
                    bindingContext.Result = ModelBindingResult.Success(null);
                }
                else
                {
                    bindingContext.ModelState.TryAddModelError(bindingContext.ModelName, PlainWords.Needed);
                }

                return Task.CompletedTask;
            }

            var (value, fault) = read(typed.FirstValue, bindingContext.HttpContext.RequestServices);
            if (fault is not null)
            {
                bindingContext.ModelState.TryAddModelError(bindingContext.ModelName, fault);
            }
            else
            {
                bindingContext.Result = ModelBindingResult.Success(value);
            }

            return Task.CompletedTask;
        }
    }
}
